import type { ClustersAnswer } from '../../../lambdas/api/answers/clusters-answer.ts';
import type { GroupEntry } from '../../../lambdas/api/answers/groups-answer.ts';
import { aGroupAnswer, aHistoryAnswer } from './page-group.ts';
import { aGroupsAnswer, countsOf, NOW_MS, SOME_GROUPS } from './page-groups.ts';
import { anIncidentsAnswer, SOME_INCIDENTS } from './page-incidents.ts';
import { aReleaseAnswer, aReleasesAnswer, SOME_RELEASES } from './page-releases.ts';
import type { ApiAnswers } from './page-server.ts';

/** A cluster with these groups, as the API would tell it. */
export const aPageWorld = (groups: readonly GroupEntry[] = SOME_GROUPS): ApiAnswers => ({
  clusters: () => aClustersAnswer(groups),
  groups: () => aGroupsAnswer(groups),
  group: (query) => aGroupAnswer(query.get('group') ?? ''),
  history: (query) =>
    aHistoryAnswer(query.get('group') ?? '', { fromMs: Number(query.get('fromMs')), toMs: Number(query.get('toMs')) }),
  incidents: (query) =>
    anIncidentsAnswer(SOME_INCIDENTS.filter(({ group }) => !query.has('group') || group === query.get('group'))),
  releases: (query) =>
    aReleasesAnswer(SOME_RELEASES.filter(({ group }) => !query.has('group') || group === query.get('group'))),
  release: (query) => aReleaseAnswer(query.get('release') ?? ''),
});

/** Two clusters, of which the first has these groups. */
export const aClustersAnswer = (groups: readonly GroupEntry[], { sampleIntervalMs = 60_000 } = {}): ClustersAnswer => ({
  nowMs: NOW_MS + 2_000,
  clusters: [
    {
      cluster: 'prod',
      sampleIntervalMs,
      atMs: NOW_MS,
      counts: countsOf(groups),
      lagMessages: 1_402_300,
      readFailures: 0,
      trouble: null,
    },
    {
      cluster: 'staging',
      sampleIntervalMs: 60_000,
      atMs: NOW_MS - 5_000,
      counts: { OK: 9, WARN: 0, ERR: 0, UNKNOWN: 0 },
      lagMessages: 12,
      readFailures: 0,
      trouble: null,
    },
  ],
});
