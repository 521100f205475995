import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { readCommandConfig } from '../../cli/command-config.ts';
import { namedCluster } from '../../cli/connection-options.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'command-config-'));
  await writeFile(join(folder, 'ca.pem'), 'the authority');
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

async function propertiesFile(...lines: string[]): Promise<string> {
  const file = join(folder, 'client.properties');
  await writeFile(file, lines.join('\n'));
  return file;
}

test('certificates are read from files beside the properties file', async () => {
  const file = await propertiesFile(
    'security.protocol=SSL',
    'ssl.truststore.type=PEM',
    'ssl.truststore.location=ca.pem',
  );
  expect(await readCommandConfig(file, ['a:9092'])).toEqual({
    brokers: ['a:9092'],
    tls: { ca: 'the authority', client: null, verifyHostname: true },
    authentication: { mechanism: 'none' },
  });
});

test('the command line takes it beside --brokers', async () => {
  const jaas = 'sasl.jaas.config=M required username="bob" password="x";';
  const commandConfig = await propertiesFile('security.protocol=SASL_PLAINTEXT', 'sasl.mechanism=PLAIN', jaas);
  const { connection } = await namedCluster({ brokers: 'a:9092', commandConfig });
  expect(connection.authentication).toEqual({ mechanism: 'plain', username: 'bob', password: 'x' });
});

test('and not beside --config, which says itself how to connect', async () => {
  const named = namedCluster({ config: 'a.json', commandConfig: 'client.properties' });
  await expect(named).rejects.toMatchObject({ code: 'USAGE_INVALID' });
});

const IAM = ['security.protocol=SASL_SSL', 'sasl.mechanism=AWS_MSK_IAM'];

test.each([
  { broker: 'b-1.demo.abc123.c2.kafka.eu-west-1.amazonaws.com:9098', region: 'eu-west-1' },
  { broker: 'boot-abc.c1.kafka-serverless.us-east-2.amazonaws.com:9098', region: 'us-east-2' },
  { broker: 'b-1.demo.abc123.c2.kafka.us-gov-west-1.amazonaws.com:9098', region: 'us-gov-west-1' },
])('the region of $broker is in its name', async ({ broker, region }) => {
  const { authentication } = await readCommandConfig(await propertiesFile(...IAM), [broker]);
  expect(authentication).toEqual({ mechanism: 'msk-iam', region });
});

test('a broker under another name needs AWS_REGION', async () => {
  const file = await propertiesFile(...IAM);
  vi.stubEnv('AWS_REGION', undefined);
  await expect(readCommandConfig(file, ['kafka.internal:9098'])).rejects.toThrow('set AWS_REGION');
  vi.stubEnv('AWS_REGION', 'eu-north-1');
  const { authentication } = await readCommandConfig(file, ['kafka.internal:9098']);
  expect(authentication).toEqual({ mechanism: 'msk-iam', region: 'eu-north-1' });
});

test('a mistake names the file, the key, and what to do', async () => {
  const file = await propertiesFile('security.protocol=SASL_SSL', 'sasl.mechanism=GSSAPI');
  await expect(readCommandConfig(file, ['a:9092'])).rejects.toThrow(`${file}: sasl.mechanism is GSSAPI`);
});

test('a certificate file that is not there is named', async () => {
  const file = await propertiesFile(
    'security.protocol=SSL',
    'ssl.truststore.type=PEM',
    'ssl.truststore.location=no.pem',
  );
  await expect(readCommandConfig(file, ['a:9092'])).rejects.toMatchObject({
    code: 'INPUT_UNREADABLE',
    message: expect.stringContaining('no.pem'),
  });
});
