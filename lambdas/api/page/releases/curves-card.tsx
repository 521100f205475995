import { useMemo } from 'preact/hooks';
import type { ReleaseAnswer, VersionCurve } from '../../answers/release-answer.ts';
import type { ChartMoment } from '../chart/chart-parts.ts';
import { TimeChart } from '../chart/time-chart.tsx';
import { Card } from '../parts/card.tsx';
import { Empty } from '../parts/states.tsx';
import { METRIC_NAMES, METRICS, type MetricName, perPartition } from './release-curves.ts';

/** Both versions side by side, before and after the start. */
export function CurvesCard({
  answer,
  metric,
  onMetric,
}: {
  readonly answer: ReleaseAnswer;
  readonly metric: MetricName;
  readonly onMetric: (metric: MetricName) => void;
}) {
  const { curves, entry } = answer;
  const { text, label, steps } = METRICS[metric];
  const lines = useMemo(
    () => [
      {
        label: 'New version (canary)',
        values: valuesOf(curves.canary, metric),
        colour: 'water',
        isStepped: metric === 'partitions',
      },
      {
        label: 'Old version (control)',
        values: valuesOf(curves.control, metric),
        colour: 'control',
        isDashed: true,
        isStepped: metric === 'partitions',
      },
    ],
    [curves, metric],
  );
  const moments: ChartMoment[] = [
    { atMs: entry.startedAtMs, label: 'start', colour: 'ink' },
    ...(entry.decidedAtMs !== null && entry.decision !== null
      ? [{ atMs: entry.decidedAtMs, label: entry.decision.toLowerCase(), colour: 'accent' }]
      : []),
  ];
  const isEmpty = curves.atMs.length < 2;
  return (
    <Card
      title="New version against old"
      note={
        metric === 'consumedPerS'
          ? 'for each partition owned'
          : metric === 'timeLagMs'
            ? 'the worst partition'
            : undefined
      }
      tools={<MetricPicker metric={metric} onMetric={onMetric} />}
    >
      {isEmpty ? (
        <Empty title="Nothing was sampled yet">Curves begin with the second sample.</Empty>
      ) : (
        <TimeChart
          atMs={curves.atMs}
          lines={lines}
          moments={moments}
          fromMs={curves.atMs[0] ?? entry.startedAtMs}
          toMs={curves.atMs.at(-1) ?? entry.startedAtMs}
          height={280}
          valueText={text}
          isFromZero
          {...(steps && { valueSteps: steps })}
          summary={`${label} of the new and the old version over time: new ${lastText(curves.canary, metric)}, old ${lastText(curves.control, metric)} at the last sample that shows them`}
        />
      )}
    </Card>
  );
}

const MetricPicker = ({
  metric,
  onMetric,
}: {
  readonly metric: MetricName;
  readonly onMetric: (metric: MetricName) => void;
}) => (
  <fieldset class="chips">
    <legend class="hidden">What is compared</legend>
    {METRIC_NAMES.map((name) => (
      <button key={name} type="button" aria-pressed={name === metric} onClick={() => onMetric(name)}>
        {METRICS[name].label}
      </button>
    ))}
  </fieldset>
);

const valuesOf = (curve: VersionCurve, metric: MetricName): readonly (number | null)[] =>
  metric === 'consumedPerS' ? perPartition(curve) : curve[metric];

const lastText = (curve: VersionCurve, metric: MetricName): string =>
  METRICS[metric].text(valuesOf(curve, metric).findLast((value) => value !== null) ?? null);
