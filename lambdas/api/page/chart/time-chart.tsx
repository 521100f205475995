import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import { useColoursChanged } from '../shell/use-theme.ts';
import { ZONE } from '../shell/zone.ts';
import { timeText } from '../words/times.ts';
import type { ChartProps } from './chart-parts.ts';
import { plotOptions } from './plot-options.ts';

/** Lines over time. New data moves the lines that are there; nothing is built again, so nothing flickers. */
export function TimeChart(props: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const plot = useRef<uPlot | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const colours = useColoursChanged();
  const shape = [
    props.height,
    props.valueSteps?.length,
    props.gapColour,
    ...props.lines.map(({ label, colour }) => `${label} ${colour}`),
  ].join('|');
  useEffect(() => {
    const target = place.current;
    if (target === null) return;
    const options = plotOptions(() => latest.current, { width: target.clientWidth, onCursor: setCursor });
    const made = new uPlot(options, dataOf(latest.current), target);
    plot.current = made;
    const sizes = new ResizeObserver(() => made.setSize({ width: target.clientWidth, height: latest.current.height }));
    sizes.observe(target);
    return () => {
      sizes.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [shape, colours]);
  useEffect(() => {
    plot.current?.setData(dataOf(latest.current));
  }, [props.atMs, props.lines, props.fromMs, props.toMs, props.spans, props.moments]);
  return (
    <figure class="chart">
      <Legend {...props} cursor={cursor} />
      <div ref={place} class="chart-place" role="img" aria-label={props.summary} />
    </figure>
  );
}

const dataOf = ({ atMs, lines }: ChartProps): uPlot.AlignedData => [
  [...atMs],
  ...lines.map(({ values }) => [...values]),
];

/** What each line is, and its value under the cursor; the newest one otherwise. */
function Legend({ lines, atMs, valueText, cursor }: ChartProps & { readonly cursor: number | null }) {
  const index = cursor ?? atMs.length - 1;
  const shownAtMs = atMs[index];
  return (
    <figcaption class="legend">
      {lines.map(({ label, colour, isDashed, values }) => (
        <span key={label}>
          <i class={isDashed ? 'key key-dashed' : 'key'} style={{ borderColor: `var(--${colour})` }} />
          {label} <b>{valueText(values[index] ?? null)}</b>
        </span>
      ))}
      {cursor !== null && shownAtMs !== undefined && <span class="note">at {timeText(shownAtMs, ZONE)}</span>}
    </figcaption>
  );
}
