import type { SecretSource } from '../../core/cluster/connection-settings.ts';
import { SluicegateError } from '../../core/errors.ts';

/** Fetches a secret's text. Throws SECRET_UNREADABLE; the text never stands in an error or a log. */
export type ReadSecret = (source: SecretSource) => Promise<string>;

/** Reads each secret from where it lies: Secrets Manager, or an environment variable. Nothing is kept. */
export const readSecret: ReadSecret = async (source) =>
  'secretArn' in source ? fromSecretsManager(source.secretArn) : fromEnvironment(source.env);

function fromEnvironment(name: string): string {
  const text = process.env[name];
  if (text) return text;
  throw new SluicegateError('SECRET_UNREADABLE', `the environment variable ${name} is not set: it shall hold a secret`);
}

/** The client is loaded only here: whoever has no secret there does not pay for it at a cold start. */
async function fromSecretsManager(arn: string): Promise<string> {
  const { SecretsManagerClient, GetSecretValueCommand } = await import('./secrets-manager.ts');
  // From a VPC without an endpoint nothing answers: that must not take the whole invocation.
  const client = new SecretsManagerClient({
    ...regionOf(arn),
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    if (SecretString) return SecretString;
  } catch (cause) {
    throw unreadable(arn, cause);
  } finally {
    client.destroy();
  }
  throw new SluicegateError(
    'SECRET_UNREADABLE',
    `the secret ${arn} holds no text: store it as a string, not as binary`,
  );
}

/** A secret may lie in another region than the function. */
function regionOf(arn: string): { region?: string } {
  const region = arn.split(':')[3];
  return region ? { region } : {};
}

const ADVICE: Readonly<Record<string, string>> = {
  AccessDeniedException:
    'allow this function secretsmanager:GetSecretValue on it, and kms:Decrypt if it has its own key',
  ResourceNotFoundException: 'correct the ARN in the configuration',
  TimeoutError: 'in a VPC, Secrets Manager needs an interface endpoint or a NAT gateway',
};

function unreadable(arn: string, cause: unknown): SluicegateError {
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  const advice = ADVICE[name] ?? 'see the error before this';
  return new SluicegateError(
    'SECRET_UNREADABLE',
    `Secrets Manager did not give ${arn} (${name}: ${message}): ${advice}`,
    {
      cause,
    },
  );
}
