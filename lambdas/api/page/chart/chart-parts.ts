/** One line of a chart over time. */
export interface ChartLine {
  readonly label: string;
  /** One for each instant; null breaks the line. */
  readonly values: readonly (number | null)[];
  /** A colour of styles/colours.css: `water`, `ink`. */
  readonly colour: string;
  readonly isDashed?: boolean;
  /** Filled down to zero. */
  readonly isFilled?: boolean;
  /** Drawn as steps: the value holds until the next one. */
  readonly isStepped?: boolean;
}

/** A stretch of time that means something. */
export interface ChartSpan {
  readonly fromMs: number;
  readonly toMs: number;
  readonly label: string;
  readonly colour: string;
  /** `ground`: behind the lines, over the whole height. `edge`: a strip along the top. */
  readonly at: 'ground' | 'edge';
}

/** An instant that means something. */
export interface ChartMoment {
  readonly atMs: number;
  readonly label: string;
  readonly colour: string;
}

export interface ChartProps {
  /** What it shows, in a sentence, for those who can't see it. */
  readonly summary: string;
  readonly atMs: readonly number[];
  readonly lines: readonly ChartLine[];
  /** Shades what lies between the first line and the second one. */
  readonly gapColour?: string;
  readonly spans?: readonly ChartSpan[];
  readonly moments?: readonly ChartMoment[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly height: number;
  readonly valueText: (value: number | null) => string;
  /** Distances between the axis's marks that read well; by default decimal ones. */
  readonly valueSteps?: readonly number[];
  /** Starts at zero; otherwise at the lowest value. */
  readonly isFromZero?: boolean;
  /** Charts of the same name show their cursors at the same time. */
  readonly syncName?: string;
  /** Somebody drew a span with the pointer. */
  readonly onSelect?: (fromMs: number, toMs: number) => void;
}

/** The value range that an axis shows: some room above, and never a range without height. */
export function valueRangeOf(low: number | null, high: number | null, isFromZero: boolean): [number, number] {
  const top = high ?? 1;
  const bottom = isFromZero ? 0 : Math.min(low ?? 0, top);
  const span = Math.max(top - bottom, isFromZero ? 1 : 4);
  return [isFromZero ? 0 : bottom - span * 0.06, bottom + span * 1.1];
}
