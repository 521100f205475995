import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alternativesTo } from '../../../lambdas/core/cost/alternatives.ts';
import { billOf } from '../../../lambdas/core/cost/bill.ts';
import { type Deployment, USUAL_DEPLOYMENT } from '../../../lambdas/core/cost/deployment.ts';
import { MEASURED } from '../../../lambdas/core/cost/measured.ts';
import { PRICES } from '../../../lambdas/core/cost/prices.ts';

const aThousand: Deployment = { ...USUAL_DEPLOYMENT, groups: 1_000, groupPartitions: 10_000 };
const usdOf = (deployment: Partial<Deployment>) => billOf({ ...aThousand, ...deployment }).totalUsd;

test('a thousand groups with ten thousand partitions cost at most 5 USD a month', () => {
  expect(usdOf({})).toBeLessThanOrEqual(5);
});

test('each line is its quantity times its price, names where it comes from, and the total is their sum', () => {
  const { lines, totalUsd } = billOf({ ...aThousand, scrapers: 1, slack: true, dashboard: true, topicKey: true });
  for (const { item, quantity, unitPrice, usd, from } of lines) {
    expect(usd, item).toBeCloseTo(quantity * unitPrice, 12);
    expect(from, item).toMatch(/^(measured|price): \S/);
  }
  expect(totalUsd).toBeCloseTo(
    lines.reduce((sum, { usd }) => sum + usd, 0),
    9,
  );
  expect(new Set(lines.map(({ item }) => item)).size).toBe(lines.length);
});

test('every price that is listed names its page, and every measured figure what measured it', () => {
  for (const { usd, page } of Object.values(PRICES)) {
    expect(usd).toBeGreaterThan(0);
    expect(page).toMatch(/^https:\/\/aws\.amazon\.com\/\S+\/pricing\//);
  }
  for (const { by } of Object.values(MEASURED)) expect(by).not.toBe('');
});

test.each([
  { what: 'the dashboard', change: { dashboard: true }, usd: 3 },
  { what: 'a key of one’s own', change: { topicKey: true }, usd: 1 },
  { what: 'an interface endpoint in two zones', change: { endpointZones: 2 }, usd: 14.6 },
  { what: 'ten groups with metrics of their own, and their logs', change: { groupMetrics: 10 }, usd: 6.06 },
])('$what adds $usd USD', ({ change, usd }) => {
  expect(usdOf(change) - usdOf({})).toBeCloseTo(usd, 1);
});

test('a second cluster costs its own metrics, alarms and runs, whatever its size', () => {
  const second = usdOf({ clusters: 2 }) - usdOf({});
  expect(second).toBeGreaterThan(1.6);
  expect(second).toBeLessThan(3);
});

test('metrics beyond ten thousand are cheaper', () => {
  const [, perPartition] = alternativesTo({ ...aThousand, groupPartitions: 300_000 });
  expect(perPartition?.lines.map(({ quantity, unitPrice }) => [quantity, unitPrice])).toEqual([
    [10_000, 0.3],
    [240_000, 0.1],
    [50_000, 0.05],
  ]);
});

test('a size has its price instead: items, metrics, a container', () => {
  const usd = alternativesTo(aThousand).map(({ totalUsd }) => Math.round(totalUsd));
  expect(usd).toEqual([274, 3_000, 7]);
});

const anyDeployment: fc.Arbitrary<Deployment> = fc.record({
  clusters: fc.integer({ min: 1, max: 20 }),
  groups: fc.nat(10_000),
  groupPartitions: fc.nat(1_000_000),
  sampleIntervalMs: fc.integer({ min: 1, max: 60 }).map((minutes) => minutes * 60_000),
  retentionMs: fc.integer({ min: 1, max: 400 }).map((days) => days * 86_400_000),
  scrapers: fc.nat(5),
  scrapeIntervalMs: fc.integer({ min: 10_000, max: 300_000 }),
  groupMetrics: fc.nat(1_000),
  releases: fc.nat(1_000),
  endpointZones: fc.nat(3),
  slack: fc.boolean(),
  dashboard: fc.boolean(),
  topicKey: fc.boolean(),
});

test('nothing that grows makes the bill smaller, and rarer samples never make it larger', () => {
  fc.assert(
    fc.property(anyDeployment, (deployment) => {
      const usd = billOf(deployment).totalUsd;
      for (const key of ['groups', 'groupPartitions', 'retentionMs', 'scrapers', 'groupMetrics', 'releases'] as const) {
        expect(billOf({ ...deployment, [key]: deployment[key] * 2 }).totalUsd, key).toBeGreaterThanOrEqual(usd);
      }
      const rarer = { ...deployment, sampleIntervalMs: deployment.sampleIntervalMs * 2 };
      expect(billOf(rarer).totalUsd).toBeLessThanOrEqual(usd);
    }),
  );
});
