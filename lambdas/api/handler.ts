import { join } from 'node:path';
import { systemClock as clock } from '../adapters/clock/system-clock.ts';
import { dynamoEvaluationStore } from '../adapters/dynamodb/evaluation-store.ts';
import { dynamoHistoryStore } from '../adapters/dynamodb/history-store.ts';
import { dynamoIncidentStore } from '../adapters/dynamodb/incident-store.ts';
import { dynamoReleaseLedger } from '../adapters/dynamodb/release-ledger.ts';
import { openTable } from '../adapters/dynamodb/table.ts';
import { bundledText, environmentVariable } from '../adapters/lambda/environment.ts';
import { readSecret } from '../adapters/secrets/read-secret.ts';
import { secretToken } from '../adapters/secrets/secret-token.ts';
import { parseConfigText } from '../config/config.ts';
import { configuredRuleset } from '../config/configured-ruleset.ts';
import { CONFIG_FILE, ENV } from '../contract.ts';
import { answering } from './answer.ts';
import { apiHandler } from './api-handler.ts';
import { PAGE_FOLDER, readPageFiles } from './page/bundle/page-files.ts';

const config = parseConfigText(bundledText(CONFIG_FILE), CONFIG_FILE);
const table = openTable({ tableName: environmentVariable(ENV.table) });
const history = dynamoHistoryStore({ table, clock, retentionMs: config.retention.samplesMs });
const token = { secretArn: environmentVariable(ENV.apiTokenArn) };

/** HTTP API → Burrow's API, Prometheus, JSON and the page, out of the table. */
export const handler = apiHandler(
  answering(
    {
      config,
      history,
      evaluations: dynamoEvaluationStore({ table, history, clock }),
      incidents: dynamoIncidentStore({ table, clock }),
      releases: dynamoReleaseLedger({ table, clock, retentionMs: config.retention.releasesMs }),
      rulesetOf: (cluster) => configuredRuleset(config, cluster),
      clock,
      page: readPageFiles(join(environmentVariable('LAMBDA_TASK_ROOT'), PAGE_FOLDER)),
    },
    { kind: 'token', readToken: secretToken(() => readSecret(token), clock), isSecure: true },
  ),
);
