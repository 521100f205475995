/**
 * One place in a line that is not what the replay format says. Stays within this folder: `parseReplayLine` adds the
 * line's number and makes it a SluicegateError.
 */
export class Mismatch extends Error {
  /** @param path the keys that lead to the value, outermost first */
  constructor(value: unknown, expected: string, ...path: readonly (string | number)[]) {
    super(`${pointerOf(path)} is ${briefly(value)}: expected ${expected}`);
  }
}

/** A JSON pointer (RFC 6901), because topic names contain dots. */
function pointerOf(path: readonly (string | number)[]): string {
  if (path.length === 0) return 'the line';
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

const BRIEF_CHARACTERS = 60;

function briefly(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = textOf(value);
  return text.length <= BRIEF_CHARACTERS ? text : `${text.slice(0, BRIEF_CHARACTERS)}…`;
}

/** JSON.parse takes any depth; JSON.stringify recurses, and hostile nesting would end in a RangeError. */
function textOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return 'deeply nested';
  }
}
