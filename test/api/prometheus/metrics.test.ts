import parsePrometheus from 'parse-prometheus-text-format';
import { beforeAll, describe, expect, test } from 'vitest';
import { newExposition } from '../../../lambdas/api/prometheus/exposition.ts';
import { FAMILIES } from '../../../lambdas/api/prometheus/families.ts';
import { metricsResponse } from '../../../lambdas/api/prometheus/metrics.ts';
import { clusterViews } from '../../../lambdas/api/view/cluster-views.ts';
import { type ApiWorld, aBillingSnapshot, anApiWorld } from '../../builders/api-world.ts';
import { aGroup, aSnapshot, T0_MS } from '../../builders/snapshots.ts';

interface ParsedFamily {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly metrics: readonly { readonly value: string; readonly labels?: Readonly<Record<string, string>> }[];
}

const scrape = async (world: ApiWorld): Promise<readonly ParsedFamily[]> =>
  parsePrometheus(await (await world.get('/metrics')).text()) as readonly ParsedFamily[];

/** The values of one family, by its labels but the cluster. */
function valuesOf(families: readonly ParsedFamily[], name: string): Record<string, number> {
  const found = families.find((one) => one.name === name);
  return Object.fromEntries(
    found?.metrics.map(({ value, labels = {} }) => {
      const { cluster: _cluster, cluster_name: _name, ...others } = labels;
      return [Object.values(others).join(' '), Number(value)];
    }) ?? [],
  );
}

async function filled(world: ApiWorld): Promise<ApiWorld> {
  for (let minute = 0; minute < 40; minute++) await world.sample(aBillingSnapshot(minute, 34));
  return world;
}

describe('/metrics, of a group that stopped five minutes ago', () => {
  let families: readonly ParsedFamily[];
  beforeAll(async () => {
    families = await scrape(await filled(anApiWorld()));
  });

  test('has every family once, as a gauge with its help', () => {
    expect(families.map(({ name, type, help }) => ({ name, type, help }))).toEqual(
      FAMILIES.map(({ name, help }) => ({ name, type: 'GAUGE', help })),
    );
  });

  test.each([
    { name: 'kafka_consumergroup_group_sum_lag', values: { billing: 3_000 } },
    { name: 'kafka_consumergroup_group_max_lag', values: { billing: 1_500 } },
    { name: 'kafka_consumergroup_group_topic_sum_lag', values: { 'billing orders': 3_000 } },
    { name: 'kafka_consumergroup_group_lag', values: { 'billing orders 0': 1_500, 'billing orders 1': 1_500 } },
    { name: 'kafka_consumergroup_group_offset', values: { 'billing orders 0': 11_200, 'billing orders 1': 12_200 } },
    { name: 'kafka_consumergroup_group_state', values: { billing: 5 } },
    { name: 'kafka_partition_latest_offset', values: { 'orders 0': 12_700, 'orders 1': 13_700 } },
    { name: 'kafka_partition_earliest_offset', values: { 'orders 0': 0, 'orders 1': 0 } },
    { name: 'burrow_kafka_consumer_status', values: { billing: 3 } },
    { name: 'burrow_kafka_topic_partition_status', values: { 'billing orders 0': 4, 'billing orders 1': 4 } },
    {
      name: 'sluicegate_group_status',
      values: { 'billing OK': 0, 'billing WARN': 0, 'billing ERR': 1, 'billing UNKNOWN': 0 },
    },
    { name: 'sluicegate_group_members', values: { billing: 0 } },
    { name: 'sluicegate_group_produced_messages_per_second', values: { billing: 10 } },
    { name: 'sluicegate_group_consumed_messages_per_second', values: { billing: 0 } },
    { name: 'sluicegate_group_retention_margin_messages', values: { billing: 11_200 } },
    { name: 'sluicegate_group_lost_messages', values: { billing: 0 } },
    { name: 'sluicegate_values_omitted', values: { '': 0 } },
    { name: 'sluicegate_sample_timestamp_seconds', values: { '': (T0_MS + 39 * 60_000 + 137) / 1_000 } },
  ])('$name says so', ({ name, values }) => {
    expect(valuesOf(families, name)).toEqual(values);
  });

  test('time is in seconds, and a backlog that does not shrink is never drained', () => {
    expect(valuesOf(families, 'kafka_consumergroup_group_max_lag_seconds')['billing']).toBe(299);
    const drain = families.find(({ name }) => name === 'sluicegate_group_drain_seconds');
    expect(drain?.metrics.map(({ value }) => value)).toEqual(['+Inf']);
  });
});

test('a value that could not be read is left out and counted; all others stay', async () => {
  const world = await filled(anApiWorld());
  const { topics, ...rest } = aBillingSnapshot(40, 34);
  const [first] = topics.get('orders') ?? [];
  await world.sample({ ...rest, topics: new Map([['orders', [first ?? null, null]]]) });
  const families = await scrape(world);
  expect(Object.keys(valuesOf(families, 'kafka_partition_latest_offset'))).toEqual(['orders 0']);
  expect(valuesOf(families, 'kafka_consumergroup_group_lag')['billing orders 0']).toBe(1_800);
  expect(valuesOf(families, 'sluicegate_values_omitted')['']).toBeGreaterThanOrEqual(2);
});

test('what retention deleted before it was read is counted, and leaves no margin', async () => {
  const world = await filled(anApiWorld());
  const { topics, ...rest } = aBillingSnapshot(40, 34);
  const [first, second] = topics.get('orders') ?? [];
  const deleted = first ? { ...first, logStartOffset: 11_500 } : null;
  await world.sample({ ...rest, topics: new Map([['orders', [deleted, second ?? null]]]) });
  const families = await scrape(world);
  expect(valuesOf(families, 'sluicegate_group_lost_messages')).toEqual({ billing: 300 });
  expect(valuesOf(families, 'sluicegate_group_retention_margin_messages')).toEqual({ billing: 0 });
});

test('a group that is gone from a reading, or idle, keeps its series', async () => {
  const world = await filled(anApiWorld());
  const before = valuesOf(await scrape(world), 'kafka_consumergroup_group_lag');
  await world.sample(aSnapshot({ atMs: T0_MS + 40 * 60_000 }));
  const after = valuesOf(await scrape(world), 'kafka_consumergroup_group_lag');
  expect(Object.keys(after)).toEqual(Object.keys(before));
});

test('only groups that the configuration names have a series for each partition', async () => {
  const world = await filled(anApiWorld({ prometheus: { partitions: ['payments-.*'] } }));
  const families = await scrape(world);
  const byPartition = FAMILIES.filter(({ labels }) => labels.includes('partition')).map(({ name }) => name);
  expect(families.filter(({ name }) => byPartition.includes(name))).toEqual([]);
  expect(valuesOf(families, 'kafka_consumergroup_group_sum_lag')).toEqual({ billing: 3_000 });
});

test('names that strangers chose are escaped', async () => {
  const world = anApiWorld();
  const name = 'a "quoted" \\ back\nslash';
  await world.sample(aSnapshot({ groups: new Map([[name, aGroup()]]) }));
  const text = await (await world.get('/metrics')).text();
  expect(text).toContain('group="a \\"quoted\\" \\\\ back\\nslash"');
  expect(text.split('\n').every((line) => line === '' || /^(#|[a-z_]+\{.*\} \S+$)/.test(line))).toBe(true);
});

test('a cluster that was never judged has no series, and no zero', async () => {
  expect(await (await anApiWorld().get('/metrics')).text()).toBe('');
});

test('more series than an answer can hold are refused, with what to change, before memory is full', async () => {
  const world = await filled(anApiWorld());
  const views = clusterViews(world.sources);
  const refused = await metricsResponse({ ...world.sources, views }, newExposition(1_000));
  expect([refused.status, await refused.text()]).toEqual([413, expect.stringContaining('prometheus.partitions')]);
  expect((await metricsResponse({ ...world.sources, views })).status).toBe(200);
});
