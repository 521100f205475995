import { hash } from 'node:crypto';

const SORT_BYTES_MAX = 1_000;

/** A group's sort key: one takes up to 1,024 bytes and not none; a group id may have none, or 32,767. */
export const groupSort = (group: string): string =>
  Buffer.byteLength(group) <= SORT_BYTES_MAX ? `g${group}` : `h${hash('sha256', group)}`;

/** Before every sort key that `groupSort` makes, and after: ids are text, and this is its greatest character. */
export const GROUP_SORT_START = ' ';
export const GROUP_SORT_END = '\u{10ffff}';
