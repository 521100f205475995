import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseReplayLine } from '../../lambdas/adapters/ndjson/replay-line.ts';
import { freePorts } from '../../local/free-ports.ts';
import { type KafkaCluster, startKafkaCluster } from '../../local/kafka-cluster.ts';
import { commitOffsets } from '../builders/committed-offsets.ts';
import { joinConsumerGroup } from '../builders/group-members.ts';
import { fillTopics } from '../builders/kafka-data.ts';
import { runCli, startCli } from '../cli/run-cli.ts';
import { describeWithRealParts } from '../setup/real-parts.ts';

describeWithRealParts('check and record on a real cluster', () => {
  let cluster: KafkaCluster;
  let broker: string;
  let folder: string;
  const run = (command: string, ...args: readonly string[]) => runCli([command, '--brokers', broker, ...args]);
  const fileOf = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluicegate-check-'));
    cluster = await startKafkaCluster({ listeners: ['SSL', 'SASL_PLAINTEXT'] });
    broker = cluster.brokers[0] ?? '';
  });
  afterAll(async () => {
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('an empty cluster is fine, and says so', async () => {
    expect(await run('check')).toEqual({ code: 0, stdout: 'Cluster "cluster" has no consumer groups.\n', stderr: '' });
    expect(await run('check', '--group', 'billing')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'sluicegate: no group "billing" in cluster "cluster": it has none\n',
    });
  });

  describe('with groups', () => {
    beforeAll(async () => {
      await fillTopics([broker], { orders: [5, 5], payments: [3] });
      await commitOffsets(broker, [
        { group: 'stopped', offsets: { orders: [2, 5] } },
        { group: 'done', offsets: { orders: [5, 5] } },
      ]);
    });

    test('a group that nobody works for is found, with exit 1', async () => {
      const { code, stdout, stderr } = await run('check');
      expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
      const lines = stdout.split('\n').map((line) => line.split(/ {2,}/));
      expect(lines[0]).toEqual(['GROUP', 'TYPE', 'STATE', 'MEMBERS', 'LAG', 'TIME-LAG', 'STATUS', 'WHY']);
      expect(lines[1]).toMatchObject({ 0: 'stopped', 2: 'Empty', 4: '3', 6: 'STOPPED' });
      expect(lines[2]).toMatchObject({ 0: 'done', 4: '0', 5: '0 s', 6: 'OK' });
    });

    test('one group has its partitions, and its own exit code', async () => {
      const done = await run('check', '--group', 'done', '--json');
      expect(done.code).toBe(0);
      expect(JSON.parse(done.stdout)).toMatchObject({
        group: 'done',
        status: 'OK',
        partitions: [
          { topic: 'orders', partition: 0, committedOffset: 5, logEndOffset: 5, lagMessages: 0, status: 'OK' },
          { topic: 'orders', partition: 1, committedOffset: 5, logEndOffset: 5, lagMessages: 0, status: 'OK' },
        ],
        failures: [],
      });
      const stopped = await run('check', '--group', 'stopped');
      expect(stopped.code).toBe(1);
      expect(stopped.stdout).toMatch(
        /^GROUP +TOPIC +PARTITION +CURRENT-OFFSET +LOG-END-OFFSET +LAG +CONSUMER-ID +HOST +CLIENT-ID +TIME-LAG +STATUS\n/,
      );
      expect(stopped.stdout).toMatch(/^stopped +orders +0 +2 +5 +3 +- +- +- +\S.* STOPPED$/m);
      expect(stopped.stdout).toContain('The group has no members.');
    });

    test('a group without commits says so, and who is in it', async () => {
      const member = await joinConsumerGroup(broker, { group: 'new', topic: 'payments' });
      try {
        const { code, stdout } = await run('check', '--group', 'new');
        expect(code).toBe(0);
        expect(stdout).toMatch(new RegExp(`^new +payments +0 +- +3 +- +${member.memberId} +\\S+ .*\\?$`, 'm'));
        expect(stdout).toContain('The group has committed nothing: it is new, or its topics were deleted.');
      } finally {
        member.close();
      }
    });

    test('--watch tells what it has seen when the time is over', async () => {
      const { code, stdout } = await run(
        'check',
        '--watch',
        '--interval',
        '300ms',
        '--for',
        '4s',
        '--json',
        '--group',
        'stopped',
      );
      const looks = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(looks[0]).toMatchObject({ status: 'ERR', rule: 'nobodyThere' });
      expect(looks.at(-1)).toMatchObject({ status: 'ERR', kind: 'STOPPED', rule: 'nobodyThere' });
      expect(code).toBe(1);
    });

    test('a recording is what replay reads', async () => {
      const { code, stdout, stderr } = await run('record', '--interval', '200ms', '--for', '2s');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const lines = stdout
        .trim()
        .split('\n')
        .map((text, index) => parseReplayLine(text, { source: 'stdout', number: index + 1 }));
      expect(lines.length).toBeGreaterThanOrEqual(2);
      const replayed = await runCli(['replay', '--ruleset', 'burrow', '-'], stdout);
      expect(replayed.stdout).toContain('"group":"stopped","status":"ERR"');
    });

    test('a recording ends in order with Ctrl-C', async () => {
      const child = startCli(['record', '--brokers', broker, '--interval', '60s']);
      const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
      expect(JSON.parse(String((await lines.next()).value))).toMatchObject({ cluster: 'cluster' });
      child.kill('SIGINT');
      expect(await once(child, 'close')).toEqual([0, null]);
    });
  });

  describe('what cannot be read', () => {
    test.each([
      { why: 'nobody listens', at: async () => [`127.0.0.1:${(await freePorts(1))[0]}`], says: 'ECONNREFUSED' },
      { why: 'no such host', at: async () => ['no-such-host.invalid:9092'], says: 'no-such-host.invalid' },
      {
        why: 'a listener that speaks TLS',
        at: async () => cluster.brokersOf('SSL'),
        says: 'speaks TLS and TLS is off',
      },
    ])('$why: one line, exit 3', async ({ at, says }) => {
      const { code, stdout, stderr } = await runCli(['check', '--brokers', (await at()).join(',')]);
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toMatch(/^sluicegate: [^\n]+\n$/);
      expect(stderr).toContain(says);
    });

    test.each([
      { why: 'TLS spoken to a plain listener', at: () => cluster.brokers, properties: 'security.protocol=SSL' },
      { why: 'a wrong password', at: () => cluster.brokersOf('SASL_PLAINTEXT'), properties: loginAs('bob', 'wrong') },
    ])('$why: one line, exit 3', async ({ at, properties }) => {
      const file = await fileOf('client.properties', properties);
      const { code, stdout, stderr } = await runCli(['check', '--brokers', at().join(','), '--command-config', file]);
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toMatch(/^sluicegate: [^\n]+\n$/);
      expect(stderr).not.toContain('wrong');
    });

    test('the right password gets through', async () => {
      const file = await fileOf('client.properties', loginAs('bob', 'bob-secret'));
      const brokers = cluster.brokersOf('SASL_PLAINTEXT').join(',');
      expect((await runCli(['check', '--brokers', brokers, '--command-config', file])).stderr).toBe('');
    });
  });

  test.each([
    { why: 'no cluster named', args: [], says: 'which cluster?' },
    { why: 'a broker without a port', args: ['--brokers', 'kafka-1'], says: '"kafka-1" is not host:port' },
    { why: 'malformed configuration', args: ['--config', 'broken.json'], says: 'broken.json is not JSON' },
    { why: 'an unknown cluster', args: ['--config', 'good.json', '--cluster', 'qa'], says: 'no cluster "qa"' },
    { why: 'an interval for a single look', args: ['--brokers', 'a:1', '--interval', '5s'], says: '--watch' },
  ])('$why is the caller’s mistake: one line, exit 2', async ({ args, says }) => {
    await fileOf('broken.json', '{"clusters": [');
    await fileOf('good.json', JSON.stringify({ clusters: [{ name: 'prod', brokers: ['kafka-1:9092'] }] }));
    const placed = args.map((arg) => (arg.endsWith('.json') ? join(folder, arg) : arg));
    const { code, stdout, stderr } = await runCli(['check', ...placed]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^sluicegate: [^\n]+\n$/);
    expect(stderr).toContain(says);
  });
});

const loginAs = (username: string, password: string): string =>
  [
    'security.protocol=SASL_PLAINTEXT',
    'sasl.mechanism=PLAIN',
    `sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="${username}" password="${password}";`,
  ].join('\n');
