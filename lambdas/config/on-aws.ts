import type { SecretSource } from '../core/cluster/connection-settings.ts';
import { SluicegateError } from '../core/errors.ts';
import type { ClusterConfig } from './cluster.ts';
import { type Config, parseConfig } from './config.ts';

const MINUTE_MS = 60_000;
/** Slots of these lie on the clock in every hour: a cron expression can say them, and a redeployment does not shift them. */
const SCHEDULE_MINUTES = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60];

/** The same as `parseConfig`, and what holds on AWS only: schedules of whole minutes, secrets in Secrets Manager. */
export function parseConfigForAws(input: unknown, source: string): Config {
  const config = parseConfig(input, source);
  const problems = config.clusters.flatMap((cluster, index) =>
    problemsOf(cluster).map((problem) => `  clusters[${index}].${problem}`),
  );
  if (problems.length === 0) return config;
  throw new SluicegateError('CONFIG_INVALID', `${source} can't be deployed to AWS:\n${problems.join('\n')}`);
}

/** How often a cluster's schedule fires. */
export const scheduleMinutesOf = ({ sampleIntervalMs }: ClusterConfig): number => sampleIntervalMs / MINUTE_MS;

/** ARNs of every secret that it takes to reach a cluster by its authentication. */
export const secretArnsOf = (cluster: ClusterConfig): readonly string[] =>
  secretsOf(cluster).flatMap(({ source }) => ('secretArn' in source ? [source.secretArn] : []));

function problemsOf(cluster: ClusterConfig): readonly string[] {
  const interval = SCHEDULE_MINUTES.includes(scheduleMinutesOf(cluster))
    ? []
    : [
        `sampleInterval: ${cluster.sampleIntervalMs / 1_000}s is no schedule: use ${SCHEDULE_MINUTES.join(', ')} minutes`,
      ];
  const ofRestore = cluster.restore?.secret ? [{ path: 'restore.secret', source: cluster.restore.secret }] : [];
  const secrets = [...secretsOf(cluster), ...ofRestore].flatMap(({ path, source }) =>
    'env' in source ? [`${path}: functions get no secret by environment variable: use {"secretArn": "arn:…"}`] : [],
  );
  return [...interval, ...secrets];
}

interface NamedSecret {
  readonly path: string;
  readonly source: SecretSource;
}

function secretsOf({ authentication, tls }: ClusterConfig): readonly NamedSecret[] {
  const ca = tls?.ca ? [{ path: 'tls.ca', source: tls.ca }] : [];
  switch (authentication.mechanism) {
    case 'none':
    case 'msk-iam':
      return ca;
    case 'mtls':
      return [...ca, { path: 'authentication.certificate', source: authentication.certificate }];
    case 'plain':
    case 'scram':
    case 'oauthbearer':
      return [...ca, { path: 'authentication.credentials', source: authentication.credentials }];
  }
}
