import { describe, expect, test } from 'vitest';
import { restoreAccessOf } from '../../lambdas/config/cluster.ts';
import { clusterNamed, parseConfig, parseConfigText } from '../../lambdas/config/config.ts';
import { parseDurationMs } from '../../lambdas/config/duration.ts';

const cluster = { name: 'prod', brokers: ['broker-1:9092'] };
const withCluster = (more: object) => ({ clusters: [{ ...cluster, ...more }] });

describe('the configuration', () => {
  test('needs no more than a name and brokers', () => {
    const config = parseConfig({ clusters: [cluster] }, 'test');
    expect(clusterNamed(config, 'prod')).toMatchObject({
      brokers: ['broker-1:9092'],
      authentication: { mechanism: 'none' },
      tls: null,
      sampleIntervalMs: 60_000,
    });
  });

  test('reports every problem at once, each with its path and value', () => {
    const wrong = { clusters: [{ name: 'a b', brokers: ['h'], sampleInterval: '5' }], typo: 1 };
    expect(() => parseConfig(wrong, 'my.json')).toThrow(
      [
        'my.json is not a valid configuration:',
        '  clusters[0].name: "a b" may hold letters, digits, ".", "_" and "-", 64 at most',
        '  clusters[0].brokers[0]: "h" is not host:port',
        '  clusters[0].sampleInterval: "5" is not a duration: write a number and a unit, as in 90s, 5m or 2h',
        '  the file: Unrecognized key: "typo"',
      ].join('\n'),
    );
  });

  test.each([
    {
      why: 'a pattern that is no regular expression',
      more: { groups: { allow: ['('] } },
      says: 'is not a regular expression',
    },
    { why: 'an interval out of range', more: { sampleInterval: '2h' }, says: 'out of range: from 1s to 1h' },
    {
      why: 'a password in the file',
      more: { authentication: { mechanism: 'plain', password: 'x' } },
      says: 'name where the secret lies',
    },
    {
      why: 'IAM without TLS',
      more: { tls: false, authentication: { mechanism: 'msk-iam', region: 'eu-west-1' } },
      says: 'TLS only',
    },
  ])('refuses $why', ({ more, says }) => {
    expect(() => parseConfig(withCluster(more), 'test')).toThrow(says);
  });

  test('refuses two clusters of one name', () => {
    expect(() => parseConfig({ clusters: [cluster, cluster] }, 'test')).toThrow('same name');
  });

  test('IAM and client certificates imply TLS', () => {
    const config = parseConfig(withCluster({ authentication: { mechanism: 'msk-iam', region: 'eu-west-1' } }), 'test');
    expect(clusterNamed(config, 'prod').tls).toEqual({ ca: null, verifyHostname: true });
  });

  test('a pattern matches whole names only', () => {
    const config = parseConfig(withCluster({ groups: { allow: ['billing|orders-.*'] } }), 'test');
    const [pattern] = clusterNamed(config, 'prod').groups.allow;
    expect(['billing', 'orders-1', 'billing-test', 'my-orders-1'].filter((name) => pattern?.test(name))).toEqual([
      'billing',
      'orders-1',
    ]);
  });

  test('text that is not JSON names its source', () => {
    expect(() => parseConfigText('{', 'my.json')).toThrow(/^my\.json is not JSON: /);
  });

  test('an unknown cluster is told with those there are', () => {
    const config = parseConfig({ clusters: [cluster] }, 'test');
    expect(() => clusterNamed(config, 'staging')).toThrow('no cluster "staging" in the configuration; it has "prod"');
  });
});

test.each([
  { text: '90s', ms: 90_000 },
  { text: '1.5h', ms: 5_400_000 },
  { text: '250ms', ms: 250 },
  { text: '30d', ms: 2_592_000_000 },
  { text: '60', ms: null },
  { text: '-1s', ms: null },
  { text: '1 week', ms: null },
])('"$text" is $ms ms', ({ text, ms }) => {
  expect(parseDurationMs(text)).toBe(ms);
});

describe('who may put offsets back', () => {
  const scram = { mechanism: 'scram', credentials: { env: 'READER' } };
  const first = (part: object) => {
    const [only] = parseConfig({ clusters: [{ ...cluster, ...part }] }, 'test').clusters;
    if (only === undefined) throw new Error('one cluster was given');
    return only;
  };

  test('nobody, unless the configuration says so', () => {
    expect(restoreAccessOf(first({ authentication: scram }))).toBeNull();
  });

  test('the cluster’s own principal, where no other is named', () => {
    const own = first({ authentication: scram, restore: {} });
    expect(restoreAccessOf(own)?.authentication).toEqual(own.authentication);
  });

  test.each([
    { authentication: scram, place: 'credentials' },
    { authentication: { mechanism: 'mtls', certificate: { env: 'READER' } }, place: 'certificate' },
  ])('a principal of its own, in the place of $place', ({ authentication, place }) => {
    const access = restoreAccessOf(first({ authentication, restore: { secret: { env: 'RESTORER' } } }));
    expect(access?.authentication).toHaveProperty(place, { env: 'RESTORER' });
  });

  test('a secret that nothing would use is a mistake', () => {
    const wrong = { authentication: { mechanism: 'msk-iam', region: 'eu-west-1' }, restore: { secret: { env: 'X' } } };
    expect(() => first(wrong)).toThrow(/clusters\[0\]\.restore\.secret: this authentication has no secret/);
  });
});
