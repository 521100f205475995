import { expect, test } from 'vitest';
import { parseConfigForAws, scheduleMinutesOf, secretArnsOf } from '../../lambdas/config/on-aws.ts';

const withCluster = (more: object) => ({ clusters: [{ name: 'prod', brokers: ['broker-1:9092'], ...more }] });
const parsed = (more: object) => parseConfigForAws(withCluster(more), 'my.json');

test.each([
  { sampleInterval: '60s', minutes: 1 },
  { sampleInterval: '5m', minutes: 5 },
  { sampleInterval: '1h', minutes: 60 },
])('an interval of $sampleInterval is a schedule', ({ sampleInterval, minutes }) => {
  const [cluster] = parsed({ sampleInterval }).clusters;
  expect(cluster && scheduleMinutesOf(cluster)).toBe(minutes);
});

test.each([
  { sampleInterval: '15s', why: 'a minute is the finest' },
  { sampleInterval: '90s', why: 'whole minutes only' },
  { sampleInterval: '7m', why: 'an hour would end with a shorter slot' },
])('an interval of $sampleInterval is none: $why', ({ sampleInterval }) => {
  expect(() => parsed({ sampleInterval })).toThrow(
    /^my\.json can't be deployed to AWS:\n {2}clusters\[0\]\.sampleInterval: .* use 1, 2, 3/,
  );
});

test('secrets must lie where a function can fetch them, and every one that does not is told', () => {
  const secrets = {
    tls: { ca: { env: 'CA' } },
    authentication: { mechanism: 'scram', credentials: { env: 'CREDENTIALS' } },
  };
  expect(() => parsed(secrets)).toThrow(/clusters\[0\]\.tls\.ca: .*\n {2}clusters\[0\]\.authentication\.credentials: /);
});

test('what is wrong anywhere is wrong on AWS', () => {
  expect(() => parsed({ typo: 1 })).toThrow('Unrecognized key: "typo"');
});

const ca = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:ca';
const other = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:other';

test.each([
  { why: 'none', more: {}, arns: [] },
  { why: 'IAM', more: { authentication: { mechanism: 'msk-iam', region: 'eu-west-1' } }, arns: [] },
  {
    why: 'a password and an authority',
    more: {
      tls: { ca: { secretArn: ca } },
      authentication: { mechanism: 'plain', credentials: { secretArn: other } },
    },
    arns: [ca, other],
  },
  {
    why: 'a client certificate',
    more: { authentication: { mechanism: 'mtls', certificate: { secretArn: other } } },
    arns: [other],
  },
])('the secrets of a cluster with $why are known', ({ more, arns }) => {
  const [cluster] = parsed(more).clusters;
  expect(cluster && secretArnsOf(cluster)).toEqual(arns);
});

test.each([
  { vpc: { subnetIds: ['prod'], securityGroupIds: ['sg-0a1b2c3d'] }, says: '"prod" is not an id like subnet-' },
  { vpc: { subnetIds: [], securityGroupIds: ['sg-0a1b2c3d'] }, says: 'clusters[0].vpc.subnetIds' },
  { vpc: { subnetIds: ['subnet-0a1b2c3d'] }, says: 'clusters[0].vpc.securityGroupIds' },
])('a VPC is ids of subnets and security groups: $says', ({ vpc, says }) => {
  expect(() => parsed({ vpc })).toThrow(says);
});
