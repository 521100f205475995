import { beforeAll, describe, expect, test } from 'vitest';
import type { ClustersAnswer } from '../../../lambdas/api/answers/clusters-answer.ts';
import type { GroupAnswer } from '../../../lambdas/api/answers/group-answer.ts';
import type { GroupsAnswer } from '../../../lambdas/api/answers/groups-answer.ts';
import type { HistoryAnswer } from '../../../lambdas/api/answers/history-answer.ts';
import { aBillingSnapshot, anApiWorld } from '../../builders/api-world.ts';

describe('a group that reads, then is gone', () => {
  const world = anApiWorld();
  beforeAll(async () => {
    for (let minute = 0; minute < 40; minute++) await world.sample(aBillingSnapshot(minute, 35));
  });
  const get = async <T>(path: string): Promise<T> => (await (await world.get(path)).json()) as T;

  test('is counted in its cluster', async () => {
    const { clusters } = await get<ClustersAnswer>('/api/clusters');
    expect(clusters).toMatchObject([
      { cluster: 'prod', sampleIntervalMs: 60_000, counts: { ERR: 1, OK: 0 }, lagMessages: 2_400, trouble: null },
    ]);
  });

  test('is listed with its rates and its trail', async () => {
    const { groups, trailAtMs, total } = await get<GroupsAnswer>('/api/groups?cluster=prod');
    expect(total).toBe(1);
    expect(groups).toMatchObject([
      { group: 'billing', status: 'ERR', kind: 'STOPPED', members: 0, partitions: 2, partitionsNotOk: 2 },
    ]);
    expect(groups[0]).toMatchObject({ producedPerS: 10, drainEtaMs: 'never' });
    expect(groups[0]?.lagMessagesTrail.slice(-6)).toEqual([0, 0, 600, 1_200, 1_800, 2_400]);
    expect(trailAtMs).toHaveLength(30);
  });

  test('is shown whole', async () => {
    const answer = await get<GroupAnswer>('/api/group?cluster=prod&group=billing');
    expect(answer.partitions).toMatchObject([
      { topic: 'orders', partition: 0, status: 'STOPPED', lagMessages: 1_200, owner: null, logStartOffset: 0 },
      { topic: 'orders', partition: 1, status: 'STOPPED' },
    ]);
    expect(answer.capacity?.membersNeeded).toBe(1);
  });

  test('has a history', async () => {
    const answer = await get<HistoryAnswer>(`/api/history?cluster=prod&group=billing&fromMs=${world.nowMs - 600_000}`);
    expect(answer.atMs).toHaveLength(10);
    expect(answer.lagMessages.at(-1)).toBe(2_400);
    expect(answer.partitions[1]?.logEndOffset.at(-1)).toBe(2_000 + 39 * 300);
  });
});
