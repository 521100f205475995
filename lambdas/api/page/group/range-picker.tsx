import { ZONE } from '../shell/zone.ts';
import { timeText } from '../words/times.ts';
import { RANGE_NAMES, RANGES, type TimeRange } from './time-ranges.ts';

/** Which span of time is looked at; a span drawn in the chart stands beside the usual ones. */
export const RangePicker = ({
  range,
  onRange,
}: {
  readonly range: TimeRange;
  readonly onRange: (range: TimeRange) => void;
}) => (
  <fieldset class="chips range-picker">
    <legend class="hidden">Time range</legend>
    {RANGE_NAMES.map((name) => (
      <button
        key={name}
        type="button"
        aria-pressed={range.kind === 'last' && range.name === name}
        onClick={() => onRange({ kind: 'last', name })}
      >
        {RANGES[name].label}
      </button>
    ))}
    {range.kind === 'fixed' && (
      <span class="range-fixed">
        {timeText(range.fromMs, ZONE)} – {timeText(range.toMs, ZONE)}
      </span>
    )}
  </fieldset>
);
