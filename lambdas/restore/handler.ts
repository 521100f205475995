import { systemClock as clock } from '../adapters/clock/system-clock.ts';
import { dynamoReleaseLedger } from '../adapters/dynamodb/release-ledger.ts';
import { openTable } from '../adapters/dynamodb/table.ts';
import { kafkaRollbackCluster } from '../adapters/kafka/kafka-rollback-cluster.ts';
import { bundledText, environmentVariable } from '../adapters/lambda/environment.ts';
import { readSecret } from '../adapters/secrets/read-secret.ts';
import { resolveConnection } from '../adapters/secrets/resolve-connection.ts';
import { restoreAccessOf } from '../config/cluster.ts';
import { clusterNamed, parseConfigText } from '../config/config.ts';
import { CONFIG_FILE, ENV } from '../contract.ts';
import type { ClusterConnection } from '../core/cluster/connection.ts';
import { SluicegateError } from '../core/errors.ts';
import { restoreHandler } from './restore-handler.ts';

const config = parseConfigText(bundledText(CONFIG_FILE), CONFIG_FILE);
const table = openTable({ tableName: environmentVariable(ENV.table) });

/** Three steps must fit into the function's minute. */
const STEP_DEADLINE_MS = 15_000;

/** An explicit request → a group's offsets, back to the marker of a release. */
export const handler = restoreHandler({
  ledger: dynamoReleaseLedger({ table, clock, retentionMs: config.retention.releasesMs }),
  // Opened for each request: rollbacks are rare, and a secret may have been rotated since the last.
  openCluster: async (name, group) => kafkaRollbackCluster(name, await connectionTo(name), group),
  clock,
  deadlineMs: STEP_DEADLINE_MS,
});

async function connectionTo(name: string): Promise<ClusterConnection> {
  const access = restoreAccessOf(clusterNamed(config, name));
  if (access !== null) return resolveConnection(access, { readSecret, clock });
  throw new SluicegateError(
    'CONFIG_INVALID',
    `offsets of cluster "${name}" may not be put back: give it "restore": {} in the configuration and deploy again`,
  );
}
