import { isDeepStrictEqual } from 'node:util';
import { PARTITION_STATUSES, type PartitionVerdict, type TimeLag } from '../../../core/status/verdict.ts';
import { corrupt } from './corrupt.ts';
import type { PartitionFacts } from './expected-verdict.ts';

/** A partition's verdict in one small number: nothing, an exception that is written out, or a status and a time lag. */
export type PartitionCode =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'exception' }
  | { readonly kind: 'plain'; readonly status: PartitionVerdict['status']; readonly timeLag: TimeLag['kind'] };

const NOTHING = 0;
const EXCEPTION = 1;
const PLAIN_FROM = 2;

const TIME_LAGS = ['known', 'atLeast', 'unknown'] as const;

/** Plain: the snapshot tells the rest of it, but for a time lag. */
export function codeOf(verdict: PartitionVerdict | null, facts: PartitionFacts): number {
  if (verdict === null) return NOTHING;
  if (!isPlain(verdict, facts)) return EXCEPTION;
  const { status, timeLag } = verdict;
  return PLAIN_FROM + PARTITION_STATUSES.indexOf(status) * TIME_LAGS.length + TIME_LAGS.indexOf(timeLag.kind);
}

export function parseCode(code: number): PartitionCode {
  if (code === NOTHING) return { kind: 'nothing' };
  if (code === EXCEPTION) return { kind: 'exception' };
  const status = PARTITION_STATUSES[Math.floor((code - PLAIN_FROM) / TIME_LAGS.length)];
  const timeLag = TIME_LAGS[(code - PLAIN_FROM) % TIME_LAGS.length];
  if (status === undefined || timeLag === undefined) throw corrupt(`holds ${code} instead of a partition's code`);
  return { kind: 'plain', status, timeLag };
}

function isPlain({ status, reason, measures, ...verdict }: PartitionVerdict, facts: PartitionFacts): boolean {
  // Of a partition that is OK, reason and measures are not kept.
  if (status !== 'OK' && (reason !== null || measures !== undefined)) return false;
  return (
    verdict.committedOffset === facts.committedOffset &&
    verdict.logEndOffset === facts.logEndOffset &&
    verdict.lagMessages === facts.lagMessages &&
    isDeepStrictEqual(verdict.owner, facts.owner)
  );
}
