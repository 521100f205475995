import type uPlot from 'uplot';
import type { ChartMoment, ChartSpan } from './chart-parts.ts';
import { colourOf } from './colours.ts';

const EDGE_HEIGHT = 5;
const FONT = '600 11px system-ui, sans-serif';

/** Draws spans behind the lines. */
export function drawSpans(plot: uPlot, spans: readonly ChartSpan[]): void {
  withinPlot(plot, ({ ctx, box, ratio, x }) => {
    for (const { fromMs, toMs, label, colour, at } of spans) {
      const left = Math.max(box.left, x(fromMs));
      const width = Math.min(box.left + box.width, x(toMs)) - left;
      if (width <= 0) continue;
      const isEdge = at === 'edge';
      ctx.fillStyle = colourOf(colour, isEdge ? 0.9 : 0.08);
      ctx.fillRect(left, box.top, Math.max(width, 2 * ratio), isEdge ? EDGE_HEIGHT * ratio : box.height);
      if (isEdge) continue;
      ctx.fillStyle = colourOf(colour, 0.5);
      ctx.fillRect(left, box.top, ratio, box.height);
      if (width > 50 * ratio) textAt(ctx, ratio, label, left + 5 * ratio, box.top + 18 * ratio, colour);
    }
  });
}

/** Draws instants over the lines. */
export function drawMoments(plot: uPlot, moments: readonly ChartMoment[]): void {
  withinPlot(plot, ({ ctx, box, ratio, x }) => {
    for (const { atMs, label, colour } of moments) {
      const left = x(atMs);
      if (left < box.left || left > box.left + box.width) continue;
      ctx.strokeStyle = colourOf(colour);
      ctx.lineWidth = 1.5 * ratio;
      ctx.setLineDash([4 * ratio, 3 * ratio]);
      ctx.beginPath();
      ctx.moveTo(left, box.top);
      ctx.lineTo(left, box.top + box.height);
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.font = scaled(ratio);
      const width = ctx.measureText(label).width;
      const isNearEnd = left + width + 8 * ratio > box.left + box.width;
      textAt(ctx, ratio, label, isNearEnd ? left - width - 5 * ratio : left + 5 * ratio, box.top + 18 * ratio, colour);
    }
  });
}

interface Drawing {
  readonly ctx: CanvasRenderingContext2D;
  readonly box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  /** Canvas pixels for each pixel of the page. */
  readonly ratio: number;
  readonly x: (atMs: number) => number;
}

function withinPlot(plot: uPlot, draw: (drawing: Drawing) => void): void {
  const { ctx, bbox: box } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top, box.width, box.height);
  ctx.clip();
  draw({ ctx, box, ratio: devicePixelRatio, x: (atMs) => plot.valToPos(atMs, 'x', true) });
  ctx.restore();
}

const scaled = (ratio: number): string => FONT.replace('11px', `${11 * ratio}px`);

function textAt(
  ctx: CanvasRenderingContext2D,
  ratio: number,
  text: string,
  x: number,
  y: number,
  colour: string,
): void {
  ctx.font = scaled(ratio);
  ctx.textAlign = 'left';
  ctx.fillStyle = colourOf(colour);
  ctx.fillText(text, x, y);
}
