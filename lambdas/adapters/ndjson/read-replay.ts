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
  for await (const lines of readReplayPieces(paths)) yield* lines;
}

/** The same, all lines of a piece of input together: who reads millions of them does not wait for each. */
export async function* readReplayPieces(paths: readonly string[]): AsyncGenerator<Iterable<PlacedLine>> {
  for (const path of paths) {
    const cutter = lineCutter(path === STDIN ? 'stdin' : path);
    for await (const chunk of bytesOf(path)) yield parsedEach(cutter.cut(chunk));
    yield parsedEach(cutter.rest());
  }
}

/** Parses a line when it is asked for: what stands before a malformed one is good. */
function* parsedEach(lines: Iterable<TextLine>): Generator<PlacedLine> {
  for (const line of lines) yield parsed(line);
}

const parsed = ({ place, text }: TextLine): PlacedLine => ({ place, line: parseReplayLine(text, place) });
