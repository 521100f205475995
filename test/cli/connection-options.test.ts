import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namedCluster } from '../../cli/connection-options.ts';

describe('the options that name a cluster', () => {
  let folder = '';
  const file = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connection-options-'));
    const cluster = (name: string) => ({ name, brokers: [`${name}:9092`] });
    await writeFile(file('one.json'), JSON.stringify({ clusters: [cluster('prod')] }));
    await writeFile(file('two.json'), JSON.stringify({ clusters: [cluster('prod'), cluster('staging')] }));
    await writeFile(file('broken.json'), '{"clusters": [');
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('take brokers as they are, in either spelling', async () => {
    for (const options of [{ brokers: 'a:9092,b:9092' }, { bootstrapServer: 'a:9092,b:9092' }]) {
      expect((await namedCluster(options)).connection).toEqual({
        brokers: ['a:9092', 'b:9092'],
        tls: null,
        authentication: { mechanism: 'none' },
      });
    }
  });

  test('take the only cluster of a configuration, or the one that is named', async () => {
    expect((await namedCluster({ config: file('one.json') })).cluster.name).toBe('prod');
    expect((await namedCluster({ config: file('two.json'), cluster: 'staging' })).connection.brokers).toEqual([
      'staging:9092',
    ]);
  });

  test.each([
    { why: 'no cluster named', options: () => ({}), code: 'USAGE_INVALID', says: '--brokers host:port' },
    {
      why: 'two ways at once',
      options: () => ({ brokers: 'a:1', config: 'x' }),
      code: 'USAGE_INVALID',
      says: 'not both',
    },
    {
      why: 'a broker without a port',
      options: () => ({ brokers: 'a' }),
      code: 'USAGE_INVALID',
      says: '"a" is not host:port',
    },
    {
      why: 'no such file',
      options: () => ({ config: file('none.json') }),
      code: 'INPUT_UNREADABLE',
      says: 'none.json',
    },
    {
      why: 'a file that is no JSON',
      options: () => ({ config: file('broken.json') }),
      code: 'CONFIG_INVALID',
      says: 'is not JSON',
    },
    {
      why: 'one of several',
      options: () => ({ config: file('two.json') }),
      code: 'USAGE_INVALID',
      says: 'prod, staging: choose one with --cluster',
    },
    {
      why: 'an unknown name',
      options: () => ({ config: file('two.json'), cluster: 'dev' }),
      code: 'CLUSTER_UNKNOWN',
      says: 'it has "prod", "staging"',
    },
  ])('refuse $why with one clear message', async ({ options, code, says }) => {
    const refusal = await namedCluster(options()).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code });
    expect(String(refusal)).toContain(says);
  });
});
