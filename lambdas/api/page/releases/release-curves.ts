import { durationText } from '../../../core/quantity.ts';
import type { VersionCurve } from '../../answers/release-answer.ts';
import { rateText, shortCountText, UNKNOWN_TEXT } from '../words/numbers.ts';

/** What can be compared between the versions, by the name that stands in the address. */
export const METRICS = {
  timeLagMs: {
    label: 'Time lag',
    text: (value: number | null) => (value === null ? UNKNOWN_TEXT : durationText(value)),
    steps: [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400].map(
      (s) => s * 1_000,
    ),
  },
  lagMessages: { label: 'Lag', text: shortCountText, steps: null },
  consumedPerS: { label: 'Consumed', text: rateText, steps: null },
  partitions: { label: 'Partitions', text: shortCountText, steps: null },
} as const satisfies Record<
  keyof VersionCurve,
  {
    readonly label: string;
    readonly text: (value: number | null) => string;
    /** Null: decimal ones read well. */
    readonly steps: readonly number[] | null;
  }
>;
export type MetricName = keyof typeof METRICS;

export const METRIC_NAMES = Object.keys(METRICS) as readonly MetricName[];

/** The metric that an address names; the time lag when it names none. */
export const metricOf = (name: string): MetricName => METRIC_NAMES.find((known) => known === name) ?? 'timeLagMs';

/**
 * Consumption of a version as it can be compared: per partition that it owned. A canary that owns a tenth consumes a
 * tenth, which says nothing about how fast it is.
 */
export const perPartition = ({ consumedPerS, partitions }: VersionCurve): readonly (number | null)[] =>
  consumedPerS.map((perS, index) => {
    const owned = partitions[index] ?? null;
    return perS === null || owned === null || owned === 0 ? null : perS / owned;
  });
