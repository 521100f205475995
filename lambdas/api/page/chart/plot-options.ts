import uPlot from 'uplot';
import { ZONE } from '../shell/zone.ts';
import { tickText } from '../words/times.ts';
import { type ChartLine, type ChartProps, valueRangeOf } from './chart-parts.ts';
import { colourOf } from './colours.ts';
import { drawMoments, drawSpans } from './draw-marks.ts';

const AXIS_FONT = '11px system-ui, sans-serif';
const AXIS_WIDTH = 58;

/** What uPlot draws by. `latest` gives the props of the newest rendering: a plot outlives many of them. */
export function plotOptions(
  latest: () => ChartProps,
  { width, onCursor }: { readonly width: number; readonly onCursor: (index: number | null) => void },
): uPlot.Options {
  const { lines, gapColour, height, syncName } = latest();
  return {
    width,
    height,
    ms: 1,
    padding: [10, 32, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      points: { size: 7 },
      drag: { x: true, y: false, setScale: false },
      ...(syncName !== undefined && { sync: { key: syncName, setSeries: false } }),
    },
    scales: {
      x: { time: true, range: () => [latest().fromMs, latest().toMs] },
      y: { range: (_, low, high) => valueRangeOf(low, high, latest().isFromZero ?? false) },
    },
    axes: [timeAxis(), valueAxis(latest)],
    series: [{}, ...lines.map(seriesOf)],
    ...(gapColour !== undefined && { bands: [{ series: [1, 2], fill: colourOf(gapColour, 0.22) }] }),
    hooks: {
      drawClear: [(plot) => drawSpans(plot, latest().spans ?? [])],
      draw: [(plot) => drawMoments(plot, latest().moments ?? [])],
      setCursor: [({ cursor }) => onCursor(cursor.idx ?? null)],
      setSelect: [(plot) => tellSelection(plot, latest())],
    },
  };
}

const grid = () => ({ stroke: colourOf('line', 0.7), width: 1 });
const ticks = () => ({ show: false });

const timeAxis = (): uPlot.Axis => ({
  stroke: colourOf('muted'),
  font: AXIS_FONT,
  grid: grid(),
  ticks: ticks(),
  size: 26,
  space: 80,
  values: (_, splits, _axis, _space, incrementMs) => splits.map((atMs) => tickText(atMs, incrementMs / 1_000, ZONE)),
});

const valueAxis = (latest: () => ChartProps): uPlot.Axis => ({
  stroke: colourOf('muted'),
  font: AXIS_FONT,
  grid: grid(),
  ticks: ticks(),
  size: AXIS_WIDTH,
  space: 36,
  ...(latest().valueSteps && { incrs: [...(latest().valueSteps ?? [])] }),
  values: (_, splits) => splits.map((value) => latest().valueText(value)),
});

function seriesOf({ label, colour, isDashed, isFilled, isStepped }: ChartLine): uPlot.Series {
  const steps = isStepped ? uPlot.paths.stepped?.({ align: 1 }) : undefined;
  return {
    label,
    stroke: colourOf(colour),
    width: 2,
    points: { show: false },
    ...(isDashed && { dash: [6, 4] }),
    ...(isFilled && { fill: colourOf(colour, 0.14) }),
    ...(steps && { paths: steps }),
  };
}

/** A click draws no span. */
const SELECTED_PIXELS_MIN = 8;

function tellSelection(plot: uPlot, { onSelect }: ChartProps): void {
  const { left, width } = plot.select;
  if (width < SELECTED_PIXELS_MIN) return;
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  onSelect?.(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
}
