import { expect, test, vi } from 'vitest';
import { type Login, loginWith } from '../../../lambdas/adapters/kafka/login.ts';
import { oauthBearer } from '../../../lambdas/adapters/kafka/oauth-bearer.ts';
import { SluicegateError } from '../../../lambdas/core/errors.ts';

type Provider = ReturnType<typeof oauthBearer>['authenticationProvider'];

/** Logs in against a broker that answers with these bytes, and resolves to what was sent. */
async function logIn(authenticationProvider: Provider, answer = Buffer.alloc(0)): Promise<string> {
  let sent = Buffer.alloc(0);
  const saslAuthenticate: Parameters<Provider>[0]['saslAuthenticate'] = async ({ request, response }) => {
    sent = Buffer.from(await request.encode());
    return response?.parse(Buffer.from(await response.decode(Buffer.concat([Buffer.alloc(4), answer]))));
  };
  const logger = {} as Parameters<Provider>[0]['logger'];
  await authenticationProvider({ host: 'broker', port: 9092, logger, saslAuthenticate }).authenticate();
  expect(sent.readInt32BE(0)).toBe(sent.length - 4);
  return sent.toString('utf8', 4);
}

const providerOf = ({ sasl }: Login): Provider => {
  if (sasl === undefined || !('authenticationProvider' in sasl)) throw new Error('no mechanism of our own');
  return sasl.authenticationProvider;
};

const withToken = (token: () => Promise<string>): Login => loginWith({ mechanism: 'oauthbearer', token });

test('no authentication: no SASL', () => {
  expect(loginWith({ mechanism: 'none' }).sasl).toBeUndefined();
});

test('a token is sent as RFC 7628 has it', async () => {
  const { authenticationProvider } = oauthBearer(async () => 'abc');
  expect(await logIn(authenticationProvider)).toBe('n,,\x01auth=Bearer abc\x01\x01');
});

// kafkajs's own mechanism ignores the answer, and the next request then looked like an answer of a cluster without brokers.
test('a refused token is an error that says why', async () => {
  const { authenticationProvider } = oauthBearer(async () => 'abc');
  const refusal = Buffer.from('{"status":"invalid_token","scope":"x"}');
  await expect(logIn(authenticationProvider, refusal)).rejects.toMatchObject({
    code: 'BROKER_DENIED',
    message: expect.stringContaining('(invalid_token)'),
  });
});

test('a token that could not be had is an error that says why, and its source may say it better', async () => {
  const failing = withToken(async () => Promise.reject(new Error('the issuer is down')));
  await expect(failing.prepare()).rejects.toMatchObject({
    code: 'BROKER_DENIED',
    message: expect.stringContaining('the issuer is down'),
  });
  const telling = withToken(async () => Promise.reject(new SluicegateError('CONFIG_INVALID', 'no such secret')));
  await expect(telling.prepare()).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});

test('the token that was prepared serves the first login, and a later one gets its own', async () => {
  const tokens = ['first', 'second'];
  const login = withToken(async () => tokens.shift() ?? 'none left');
  await login.prepare();
  expect(await logIn(providerOf(login))).toContain('Bearer first');
  expect(await logIn(providerOf(login))).toContain('Bearer second');
});

// https://github.com/aws/aws-msk-iam-sasl-signer-js: a presigned URL of the kafka-cluster service, base64url.
test("MSK IAM's token is a presigned kafka-cluster:Connect for the region", async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'an-example-secret');
  const sent = await logIn(providerOf(loginWith({ mechanism: 'msk-iam', region: 'eu-west-1' })));
  vi.unstubAllEnvs();
  const [, token = ''] = /auth=Bearer ([A-Za-z0-9_-]+)/.exec(sent) ?? [];
  const url = new URL(Buffer.from(token, 'base64url').toString('utf8'));
  expect(url.host).toBe('kafka.eu-west-1.amazonaws.com');
  expect(url.searchParams.get('Action')).toBe('kafka-cluster:Connect');
  expect(url.searchParams.get('X-Amz-Credential')).toMatch(
    /^AKIAEXAMPLE\/\d{8}\/eu-west-1\/kafka-cluster\/aws4_request$/,
  );
  expect(url.searchParams.get('X-Amz-Expires')).toBe('900');
  expect(sent).not.toContain('an-example-secret');
});
