import { bytesOf, STDIN } from './input.ts';
import { lineCutter, type TextLine } from './lines.ts';
import type { LinePlace, ReplayLine } from './replay-line.ts';
import { parseReplayLine } from './replay-line.ts';

/** A parsed line and where it stands, for messages about it later. */
export interface PlacedLine {
  readonly place: LinePlace;
  readonly line: ReplayLine;
}

/**
 * Every line of the files (`-`: standard input), one after the other, as fast as they are taken: nothing is read far
 * ahead, and memory does not grow with their length. Throws INPUT_UNREADABLE or REPLAY_MALFORMED.
 */
export async function* readReplay(paths: readonly string[]): AsyncGenerator<PlacedLine> {
  for (const path of paths) {
    const cutter = lineCutter(path === STDIN ? 'stdin' : path);
    for await (const chunk of bytesOf(path)) {
      for (const line of cutter.cut(chunk)) yield parsed(line);
    }
    for (const line of cutter.rest()) yield parsed(line);
  }
}

const parsed = ({ place, text }: TextLine): PlacedLine => ({ place, line: parseReplayLine(text, place) });
