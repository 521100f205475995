import { GROUP_METRICS, METRICS } from '../../contract.ts';
import { namesAllowedBy } from '../../core/cluster/name-filter.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Metrics } from '../../core/ports/metrics.ts';
import { clusterFiguresOf, timeLagMsOf } from '../../core/status/cluster-figures.ts';
import type { GroupVerdict } from '../../core/status/verdict.ts';
import { embeddedMetricLine, type MetricLine } from './embedded-metric.ts';

/** CloudWatch refuses longer values of dimensions, and those with other characters. */
const DIMENSION_VALUE = /^[\x20-\x7e]{1,1024}$/;

/**
 * Five metrics a cluster, and two more for each group of which the configuration wants them: CloudWatch charges for
 * every metric, so none comes by itself with a group.
 */
export function embeddedMetrics({
  groups,
  clock,
  writeLine,
}: {
  /** Patterns of whole group ids; none: no group. */
  readonly groups: readonly RegExp[];
  readonly clock: Clock;
  readonly writeLine: (line: string) => void;
}): Metrics {
  const isWanted = groups.length === 0 ? () => false : namesAllowedBy({ allow: groups, deny: [] });
  const emit = (line: MetricLine) => {
    const text = embeddedMetricLine(line);
    if (text !== null) writeLine(text);
  };
  return {
    judged({ snapshot, verdicts }) {
      const { cluster, atMs } = snapshot;
      const figures = clusterFiguresOf(verdicts, snapshot);
      emit({
        dimensions: { cluster },
        atMs,
        values: [
          { ...METRICS.groupsNotOk, value: figures.groupsNotOk },
          { ...METRICS.lagMessagesMax, value: figures.lagMessagesMax },
          { ...METRICS.timeLagMsMax, value: figures.timeLagMsMax },
          { ...METRICS.sampleAge, value: Math.max(0, clock.nowMs() - atMs) },
          { ...METRICS.readFailures, value: figures.readFailures },
        ],
      });
      for (const verdict of verdicts) {
        if (DIMENSION_VALUE.test(verdict.group) && isWanted(verdict.group)) emit(groupLine(verdict, { cluster, atMs }));
      }
    },
    unread: ({ cluster, slotMs }) =>
      emit({ dimensions: { cluster }, atMs: slotMs, values: [{ ...METRICS.readFailures, value: 1 }] }),
  };
}

const groupLine = (
  verdict: GroupVerdict,
  { cluster, atMs }: { readonly cluster: string; readonly atMs: number },
): MetricLine => ({
  dimensions: { cluster, group: verdict.group },
  atMs,
  values: [
    { ...GROUP_METRICS.lagMessages, value: verdict.lagMessages },
    { ...GROUP_METRICS.timeLagMs, value: timeLagMsOf(verdict) },
  ],
});

/** Straight to standard output: Lambda's console would put a prefix before it, and CloudWatch then sees mere text. */
export const writeToLog = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
