import type { Authentication, ClusterConnection, TlsSettings } from '../../core/cluster/connection.ts';
import type { ConnectionSettings, SecretSource } from '../../core/cluster/connection-settings.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { clientCredentialsToken } from './client-credentials-token.ts';
import type { ReadSecret } from './read-secret.ts';
import { type ClientCertificate, type Credentials, parseClientCertificate, parseCredentials } from './secret-shape.ts';

export interface SecretAccess {
  readonly readSecret: ReadSecret;
  /** Tells when a token has to be renewed. */
  readonly clock: Clock;
}

/** Fetches every secret that it takes to reach a cluster. Throws SECRET_UNREADABLE. */
export async function resolveConnection(
  { brokers, tls, authentication }: ConnectionSettings,
  access: SecretAccess,
): Promise<ClusterConnection> {
  return {
    brokers,
    tls: tls === null ? null : await resolveTls({ tls, authentication }, access),
    authentication: await resolveAuthentication(authentication, access),
  };
}

async function resolveTls(
  {
    tls: { ca, verifyHostname },
    authentication,
  }: Pick<ConnectionSettings, 'authentication'> & { tls: NonNullable<ConnectionSettings['tls']> },
  { readSecret }: SecretAccess,
): Promise<TlsSettings> {
  return {
    ca: ca === null ? null : await readSecret(ca),
    client: authentication.mechanism === 'mtls' ? await certificateOf(authentication.certificate, readSecret) : null,
    verifyHostname,
  };
}

async function resolveAuthentication(
  settings: ConnectionSettings['authentication'],
  { readSecret, clock }: SecretAccess,
): Promise<Authentication> {
  switch (settings.mechanism) {
    case 'none':
    case 'mtls': // The certificate says who we are; there is no SASL on top of it.
      return { mechanism: 'none' };
    case 'msk-iam':
      return { mechanism: 'msk-iam', region: settings.region };
    case 'plain':
      return { mechanism: 'plain', ...(await credentialsOf(settings.credentials, readSecret)) };
    case 'scram':
      return { mechanism: `scram-${settings.hash}`, ...(await credentialsOf(settings.credentials, readSecret)) };
    case 'oauthbearer': {
      const { tokenEndpoint, scope } = settings;
      const client = await credentialsOf(settings.credentials, readSecret);
      return { mechanism: 'oauthbearer', token: clientCredentialsToken({ tokenEndpoint, scope, client, clock }) };
    }
  }
}

const credentialsOf = async (source: SecretSource, readSecret: ReadSecret): Promise<Credentials> =>
  parseCredentials(await readSecret(source), nameOf(source));

const certificateOf = async (source: SecretSource, readSecret: ReadSecret): Promise<ClientCertificate> =>
  parseClientCertificate(await readSecret(source), nameOf(source));

const nameOf = (source: SecretSource): string =>
  'secretArn' in source ? `the secret ${source.secretArn}` : `the environment variable ${source.env}`;
