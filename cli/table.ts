import type { Writable } from 'node:stream';
import { styleText } from 'node:util';
import { visible } from '../lambdas/core/visible.ts';

export type Tone = 'good' | 'warning' | 'bad' | 'muted' | 'plain';

/** One cell: its text and what it means, which a terminal may show as colour. */
export interface Cell {
  readonly text: string;
  readonly tone: Tone;
}

export interface Column {
  readonly title: string;
  /** Numbers stand to the right. Default: left. */
  readonly align?: 'left' | 'right';
}

const STYLE_OF = { good: 'green', warning: 'yellow', bad: 'red', muted: 'dim', plain: 'reset' } as const;
const GAP = '  ';

/** A cell without a tone. */
export const plain = (text: string): Cell => ({ text, tone: 'plain' });

/** Whether to write colours to a stream: to a terminal that knows them, unless NO_COLOR (https://no-color.org) is set. */
export function showsColour(stream: Writable, { NO_COLOR, TERM }: NodeJS.ProcessEnv): boolean {
  return 'isTTY' in stream && stream.isTTY === true && !NO_COLOR && TERM !== 'dumb';
}

/** A table of text, one line per row, columns as wide as their widest cell. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  colour: boolean,
): readonly string[] {
  const titles = columns.map(({ title }) => ({ text: title, tone: 'muted' as const }));
  const lines = [titles, ...rows].map((row) => row.map(({ text, tone }) => ({ text: visible(text), tone })));
  const widths = columns.map((_, index) =>
    lines.reduce((widest, row) => Math.max(widest, widthOf(row[index]?.text ?? '')), 0),
  );
  return lines.map((row) =>
    columns
      .map(({ align }, index) => {
        const cell = row[index] ?? plain('');
        const padding = ' '.repeat(Math.max(0, (widths[index] ?? 0) - widthOf(cell.text)));
        const text = toned(cell, colour);
        return align === 'right' ? padding + text : text + padding;
      })
      .join(GAP)
      .trimEnd(),
  );
}

/** The text in its tone's colour. */
export function toned({ text, tone }: Cell, colour: boolean): string {
  return colour && tone !== 'plain' ? styleText(STYLE_OF[tone], text, { validateStream: false }) : text;
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Columns on screen; wide East Asian characters count as two. */
function widthOf(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: plain ASCII is the usual case, and quick
  if (/^[\u0000-\u007f]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of GRAPHEMES.segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}

const WIDE =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|^\p{Emoji_Presentation}/u;
