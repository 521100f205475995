import { shortCountText } from '../words/numbers.ts';
import type { Tone } from '../words/statuses.ts';
import { SPARK, sparklinePath } from './sparkline-path.ts';

interface SparklineProps {
  readonly values: readonly (number | null)[];
  readonly atMs: readonly number[];
  readonly tone: Tone;
}

/** A trail of lags as a small line. */
export function Sparkline({ values, atMs, tone }: SparklineProps) {
  const { line, area } = sparklinePath(values, atMs);
  if (line === '') return <span class="note">no trail yet</span>;
  const first = values.find((value) => value !== null) ?? null;
  const last = values.findLast((value) => value !== null) ?? null;
  return (
    <svg
      class={`spark tone-${tone}`}
      viewBox={`0 0 ${SPARK.width} ${SPARK.height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`lag from ${shortCountText(first)} to ${shortCountText(last)}`}
    >
      <path class="spark-area" d={area} />
      <path class="spark-line" d={line} />
    </svg>
  );
}
