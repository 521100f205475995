import { dirname, resolve } from 'node:path';
import { systemClock } from '../lambdas/adapters/clock/system-clock.ts';
import {
  type LoginProperties,
  type PemSource,
  parseClientProperties,
  type TlsProperties,
} from '../lambdas/adapters/kafka/client-properties.ts';
import { clientCredentialsToken } from '../lambdas/adapters/secrets/client-credentials-token.ts';
import type { Authentication, ClusterConnection, TlsSettings } from '../lambdas/core/cluster/connection.ts';
import { SluicegateError } from '../lambdas/core/errors.ts';
import { readText } from './config-file.ts';

/**
 * How to connect to these brokers by a client.properties, certificates read from the files that it names (relative to
 * its own folder). Throws INPUT_UNREADABLE and CONFIG_INVALID.
 */
export async function readCommandConfig(file: string, brokers: readonly string[]): Promise<ClusterConnection> {
  const { tls, authentication } = parse(await readText(file), file);
  return {
    brokers,
    tls: tls === null ? null : await tlsOf(tls, dirname(file)),
    authentication: authenticationOf(authentication, brokers),
  };
}

function parse(text: string, file: string): ReturnType<typeof parseClientProperties> {
  try {
    return parseClientProperties(text);
  } catch (cause: unknown) {
    if (!(cause instanceof SluicegateError)) throw cause;
    throw new SluicegateError(cause.code, `${file}: ${cause.message}`, { cause });
  }
}

async function tlsOf({ ca, client, verifyHostname }: TlsProperties, folder: string): Promise<TlsSettings> {
  const pemOf = (source: PemSource): Promise<string> | string =>
    'pem' in source ? source.pem : readText(resolve(folder, source.file));
  return {
    ca: ca === null ? null : await pemOf(ca),
    client:
      client === null
        ? null
        : { certificate: await pemOf(client.certificate), key: await pemOf(client.key), passphrase: client.passphrase },
    verifyHostname,
  };
}

function authenticationOf(login: LoginProperties, brokers: readonly string[]): Authentication {
  switch (login.mechanism) {
    case 'msk-iam':
      return { mechanism: 'msk-iam', region: mskRegionOf(brokers) };
    case 'oauthbearer': {
      const { tokenEndpoint, scope, clientId: username, clientSecret: password } = login;
      const client = { username, password };
      return {
        mechanism: 'oauthbearer',
        token: clientCredentialsToken({ tokenEndpoint, scope, client, clock: systemClock }),
      };
    }
    default:
      return login;
  }
}

/** MSK's broker names hold their region: `b-1.demo.abc.c2.kafka.eu-west-1.amazonaws.com`. */
function mskRegionOf(brokers: readonly string[]): string {
  const named = brokers.map(
    (broker) => /\.kafka(?:-serverless)?\.([a-z]{2}(?:-[a-z]+)+-\d+)\.amazonaws\.com/.exec(broker)?.[1],
  );
  const region = named.find((found) => found !== undefined) ?? process.env['AWS_REGION'];
  if (region !== undefined) return region;
  throw new SluicegateError(
    'CONFIG_INVALID',
    `which region are ${brokers.join(',')} in? MSK IAM signs for one: set AWS_REGION`,
  );
}
