import type { Notice } from '../../lambdas/core/incident/notice.ts';
import { aNotice } from './notice.ts';

const OPENED_AT_MS = Date.UTC(2026, 0, 1, 8, 0, 0);
const known = (value: number) => ({ kind: 'known', value, source: 'measured', sureness: 'high' }) as const;

const incident = { cluster: 'prod', incidentId: 'prod/1767254400000', group: null, openedAtMs: OPENED_AT_MS };
const nothingOfPartitions = {
  lagMessages: null,
  timeLag: { kind: 'unknown' },
  partitions: [],
  morePartitions: 0,
} as const;

/** One of each sort of notice, for the golden files. */
export const TOLD_NOTICES: Readonly<Record<string, Notice>> = {
  opened: aNotice({
    atMs: OPENED_AT_MS + 12 * 60_000,
    lagMessages: 48_204,
    timeLag: { kind: 'known', timeLagMs: 780_000 },
    rates: {
      producedPerS: known(61.4),
      consumedPerS: known(0),
      drainEtaMs: { kind: 'never', source: 'extrapolated', sureness: 'high' },
      lossEtaMs: known(9_000_000),
    },
    partitions: [
      { topic: 'orders', partition: 3, status: 'STALLED', lagMessages: 30_200, owner: 'billing-7 at /10.0.3.2' },
      { topic: 'orders', partition: 4, status: 'STALLED', lagMessages: 9_100, owner: 'billing-7 at /10.0.3.2' },
      { topic: 'orders', partition: 5, status: 'STOPPED', lagMessages: 4_400, owner: null },
      { topic: 'refunds', partition: 0, status: 'STALLED', lagMessages: 2_300, owner: 'billing-2 at /10.0.3.9' },
      { topic: 'refunds', partition: 1, status: 'STALLED', lagMessages: 2_204, owner: 'billing-2 at /10.0.3.9' },
    ],
    morePartitions: 7,
  }),
  worsened: aNotice({
    transition: 'worsened',
    atMs: OPENED_AT_MS + 600_000,
    timeLag: { kind: 'atLeast', timeLagMs: 600_000 },
  }),
  reminded: aNotice({
    transition: 'reminded',
    atMs: OPENED_AT_MS + 4 * 3_600_000,
    status: 'WARN',
    kind: 'FALLING_BEHIND',
    reason: { rule: 'backlogGrows', numbers: {}, sentence: 'orders-3: the backlog has grown for 4 h' },
    partitions: [
      { topic: 'orders', partition: 3, status: 'FALLING_BEHIND', lagMessages: 1_204, owner: 'billing-7 at /10.0.3.2' },
    ],
  }),
  recovered: aNotice({
    transition: 'recovered',
    atMs: OPENED_AT_MS + 25 * 60_000,
    status: 'OK',
    reason: null,
    lagMessages: 12,
    timeLag: { kind: 'known', timeLagMs: 1_200 },
    partitions: [],
  }),
  expired: aNotice({
    transition: 'expired',
    atMs: OPENED_AT_MS + 25 * 60_000,
    status: 'UNKNOWN',
    kind: 'STOPPED',
    reason: null,
    ...nothingOfPartitions,
  }),
  unreadable: aNotice({
    ...incident,
    ...nothingOfPartitions,
    id: 'prod/1767254400000/1767254700000/opened',
    atMs: OPENED_AT_MS + 300_000,
    status: 'UNKNOWN',
    kind: 'UNREADABLE',
    reason: {
      rule: 'unreadable',
      numbers: { failures: 13 },
      sentence: "1 broker, 12 partitions can't be read; the first: b-2.prod.example:9092 does not answer (TIMEOUT)",
    },
  }),
  storm: aNotice({
    ...incident,
    ...nothingOfPartitions,
    id: 'prod/1767254400000/1767254400000/opened',
    kind: 'STORM',
    reason: {
      rule: 'storm',
      numbers: { groups: 23, failures: 1 },
      sentence:
        "23 groups got into trouble within 5 min: audit, billing, cache, emails, feeds and 18 more; 1 broker can't be read",
    },
  }),
};
