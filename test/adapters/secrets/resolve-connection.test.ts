import { describe, expect, test } from 'vitest';
import { resolveConnection } from '../../../lambdas/adapters/secrets/resolve-connection.ts';
import type { ConnectionSettings } from '../../../lambdas/core/cluster/connection-settings.ts';

const clock = { nowMs: () => 0 };
const credentials = { env: 'CREDENTIALS' };

const resolved = (settings: Partial<ConnectionSettings>, secrets: Readonly<Record<string, string>> = {}) =>
  resolveConnection(
    { brokers: ['b-1:9096'], tls: null, authentication: { mechanism: 'none' }, ...settings },
    {
      clock,
      readSecret: async (source) => ('env' in source ? secrets[source.env] : secrets[source.secretArn]) ?? 'unknown',
    },
  );

const asMskKeepsThem = JSON.stringify({ username: 'lag', password: 'p:1', more: 'is ignored' });

describe('authentication', () => {
  test('needs no secret for none and for IAM', async () => {
    expect((await resolved({})).authentication).toEqual({ mechanism: 'none' });
    const iam = { mechanism: 'msk-iam', region: 'eu-west-1', clusterArn: null } as const;
    expect((await resolved({ authentication: iam })).authentication).toEqual({
      mechanism: 'msk-iam',
      region: 'eu-west-1',
    });
  });

  test.each([
    { settings: { mechanism: 'plain', credentials } as const, mechanism: 'plain' },
    { settings: { mechanism: 'scram', hash: 'sha-256', credentials } as const, mechanism: 'scram-sha-256' },
    { settings: { mechanism: 'scram', hash: 'sha-512', credentials } as const, mechanism: 'scram-sha-512' },
  ])('$mechanism takes user and password out of the secret', async ({ settings, mechanism }) => {
    const { authentication } = await resolved({ authentication: settings }, { CREDENTIALS: asMskKeepsThem });
    expect(authentication).toEqual({ mechanism, username: 'lag', password: 'p:1' });
  });

  test('a client certificate goes into TLS, and SASL stays off', async () => {
    const connection = await resolved(
      {
        tls: { ca: { secretArn: 'arn:ca' }, verifyHostname: false },
        authentication: { mechanism: 'mtls', certificate: { secretArn: 'arn:cert' } },
      },
      { 'arn:ca': 'CA PEM', 'arn:cert': JSON.stringify({ certificate: 'CERT PEM', key: 'KEY PEM' }) },
    );
    expect(connection).toEqual({
      brokers: ['b-1:9096'],
      tls: {
        ca: 'CA PEM',
        client: { certificate: 'CERT PEM', key: 'KEY PEM', passphrase: null },
        verifyHostname: false,
      },
      authentication: { mechanism: 'none' },
    });
  });
});

test.each([
  { why: 'no JSON', text: 'hunter2', says: 'the environment variable CREDENTIALS is not JSON' },
  { why: 'a key missing', text: '{"username":"hunter2"}', says: 'password: ' },
  { why: 'an empty password', text: '{"username":"hunter2","password":""}', says: 'password: ' },
])('a secret with $why is refused without repeating it', async ({ text, says }) => {
  const failure = await resolved({ authentication: { mechanism: 'plain', credentials } }, { CREDENTIALS: text }).catch(
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({ code: 'SECRET_UNREADABLE', message: expect.stringContaining(says) });
  expect(String(failure)).not.toContain('hunter2');
});
