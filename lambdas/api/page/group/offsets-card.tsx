import { useMemo } from 'preact/hooks';
import { countText } from '../../../core/quantity.ts';
import type { GroupAnswer } from '../../answers/group-answer.ts';
import type { HistoryAnswer } from '../../answers/history-answer.ts';
import type { IncidentEntry } from '../../answers/incidents-answer.ts';
import type { ReleaseEntry } from '../../answers/releases-answer.ts';
import type { ChartMoment, ChartSpan } from '../chart/chart-parts.ts';
import { TimeChart } from '../chart/time-chart.tsx';
import type { Answered } from '../data/answered.ts';
import { Card } from '../parts/card.tsx';
import { Empty, Waiting } from '../parts/states.tsx';
import { sinceText } from '../words/durations.ts';
import { countOf, shortCountText } from '../words/numbers.ts';
import { plainStatus } from '../words/statuses.ts';
import { type OffsetLines, offsetLinesOf, offsetsSummaryOf, type PartitionKey } from './offsets-series.ts';
import { RangePicker } from './range-picker.tsx';
import type { TimeRange } from './time-ranges.ts';

interface OffsetsCardProps {
  readonly answer: GroupAnswer;
  readonly history: Answered<HistoryAnswer>;
  readonly range: TimeRange & { readonly fromMs: number; readonly toMs: number };
  /** Null: the sum over all partitions. */
  readonly only: PartitionKey | null;
  readonly incidents: readonly IncidentEntry[];
  readonly releases: readonly ReleaseEntry[];
  readonly onRange: (range: TimeRange) => void;
  readonly onAll: () => void;
}

/** The picture that Kafka people think in: where the log ends, how far the group is, and the gap between. */
export function OffsetsCard({ answer, history, range, only, incidents, releases, onRange, onAll }: OffsetsCardProps) {
  const lines = useMemo(
    () => (history.answer === null ? null : offsetLinesOf(history.answer, only)),
    [history.answer, only?.topic, only?.partition],
  );
  const { spans, moments } = marksOf(answer, incidents, releases);
  return (
    <Card
      title="Log end and committed offset"
      note={
        only === null ? (
          <>all partitions, counted from where the group stood at the left</>
        ) : (
          <>
            {only.topic}/{only.partition}{' '}
            <button type="button" class="quiet" onClick={onAll}>
              Show all partitions
            </button>
          </>
        )
      }
      tools={<RangePicker range={range} onRange={onRange} />}
      className="offsets-card"
    >
      {lines === null ? (
        <Waiting of={history} what="the history" />
      ) : lines.atMs.length < 2 || lines.lag.every((value) => value === null) ? (
        <Empty title="Nothing was recorded in this range">Choose a longer one.</Empty>
      ) : (
        <Charts lines={lines} range={range} spans={spans} moments={moments} onRange={onRange} />
      )}
    </Card>
  );
}

function Charts({
  lines,
  range,
  spans,
  moments,
  onRange,
}: {
  readonly lines: OffsetLines;
  readonly range: OffsetsCardProps['range'];
  readonly spans: readonly ChartSpan[];
  readonly moments: readonly ChartMoment[];
  readonly onRange: OffsetsCardProps['onRange'];
}) {
  const common = {
    atMs: lines.atMs,
    fromMs: shownFromMs(range, lines.atMs),
    toMs: range.toMs,
    valueText: shortCountText,
    syncName: 'offsets',
    onSelect: (fromMs: number, toMs: number) => onRange({ kind: 'fixed', fromMs, toMs }),
  };
  const offsets = useMemo(
    () => [
      { label: 'Log end', values: lines.logEnd, colour: 'log-end' },
      { label: 'Committed', values: lines.committed, colour: 'water' },
    ],
    [lines],
  );
  const lag = useMemo(() => [{ label: 'Lag', values: lines.lag, colour: 'gap', isFilled: true }], [lines]);
  return (
    <>
      <TimeChart
        {...common}
        lines={offsets}
        gapColour="gap"
        spans={spans}
        moments={moments}
        height={280}
        summary={summaryText(lines, common)}
      />
      <TimeChart {...common} lines={lag} isFromZero height={120} summary="The lag over the same time" />
    </>
  );
}

/** A moving range begins where there is something to see: a cluster that is watched since a minute would be a sliver. */
const shownFromMs = (range: OffsetsCardProps['range'], [firstMs = range.fromMs]: readonly number[]): number =>
  range.kind === 'last' ? Math.max(range.fromMs, firstMs) : range.fromMs;

function summaryText(lines: OffsetLines, { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): string {
  const summary = offsetsSummaryOf(lines);
  if (summary === null) return 'Log end and committed offset over time; too little is known for a summary';
  const { producedMessages, consumedMessages, lagMessages } = summary;
  return `In ${sinceText(fromMs, toMs)} the log end moved by ${countOf(producedMessages, 'message')}, the committed offset by ${countText(consumedMessages)}; the gap is now ${countText(lagMessages)}`;
}

/** The window that the rules look at, incidents along the top, releases as they started. */
function marksOf(
  { window, nowMs }: GroupAnswer,
  incidents: readonly IncidentEntry[],
  releases: readonly ReleaseEntry[],
): { readonly spans: readonly ChartSpan[]; readonly moments: readonly ChartMoment[] } {
  return {
    spans: [
      { fromMs: window.fromMs, toMs: window.toMs, label: 'window', colour: 'accent', at: 'ground' },
      ...incidents.map(({ openedAtMs, endedAtMs, kind, severity }) => ({
        fromMs: openedAtMs,
        toMs: endedAtMs ?? nowMs,
        label: plainStatus(kind),
        colour: severity === 'critical' ? 'err' : 'warn',
        at: 'edge' as const,
      })),
    ],
    moments: releases.map(({ startedAtMs, id }) => ({ atMs: startedAtMs, label: `release ${id}`, colour: 'muted' })),
  };
}
