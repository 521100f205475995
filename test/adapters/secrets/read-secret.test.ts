import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  SecretsManagerServiceException,
} from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readSecret } from '../../../lambdas/adapters/secrets/read-secret.ts';

const ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:AmazonMSK_lag-a1b2c3';

const secretsManager = mockClient(SecretsManagerClient);
beforeEach(() => {
  secretsManager.reset();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

test('a secret in the environment is read there', async () => {
  vi.stubEnv('LAG_SECRET', 'text');
  expect(await readSecret({ env: 'LAG_SECRET' })).toBe('text');
  expect(secretsManager.calls()).toEqual([]);
});

test('a variable that is not set is named', async () => {
  await expect(readSecret({ env: 'LAG_SECRET' })).rejects.toMatchObject({
    code: 'SECRET_UNREADABLE',
    message: expect.stringContaining('LAG_SECRET'),
  });
});

describe('a secret in Secrets Manager', () => {
  test('is asked of its own region, whatever the function’s', async () => {
    vi.stubEnv('AWS_REGION', 'us-east-1');
    secretsManager.on(GetSecretValueCommand, { SecretId: ARN }).resolves({ SecretString: 'text' });
    expect(await readSecret({ secretArn: ARN })).toBe('text');
    const [call] = secretsManager.commandCalls(GetSecretValueCommand);
    expect(await call?.thisValue.config.region()).toBe('eu-west-1');
  });

  test('that holds bytes is refused: no setting of ours is binary', async () => {
    secretsManager.on(GetSecretValueCommand).resolves({ SecretBinary: new Uint8Array([1]) });
    await expect(readSecret({ secretArn: ARN })).rejects.toMatchObject({
      code: 'SECRET_UNREADABLE',
      message: expect.stringContaining('holds no text'),
    });
  });

  const answer = { message: 'no', $metadata: {} };
  test.each([
    { why: 'not there', error: new ResourceNotFoundException(answer), advice: 'correct the ARN' },
    {
      why: 'not ours to read',
      error: new SecretsManagerServiceException({ ...answer, name: 'AccessDeniedException', $fault: 'client' }),
      advice: 'secretsmanager:GetSecretValue',
    },
    {
      why: 'out of reach from a VPC',
      error: Object.assign(new Error('slow'), { name: 'TimeoutError' }),
      advice: 'interface endpoint',
    },
  ])('that is $why fails with advice', async ({ error, advice }) => {
    secretsManager.on(GetSecretValueCommand).rejects(error);
    await expect(readSecret({ secretArn: ARN })).rejects.toMatchObject({
      code: 'SECRET_UNREADABLE',
      message: expect.stringMatching(new RegExp(`${ARN}.*${advice}`)),
    });
  });
});
