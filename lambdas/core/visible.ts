/**
 * Text that strangers chose (names of groups, topics and clients, and sentences with them in it), fit to be shown on one
 * line: what would end the line, move a terminal's cursor, turn the writing round or stand there unseen is replaced.
 *
 * Markup is another matter: each format escapes its own. JSON and Prometheus' text keep every name as it is.
 */
export const visible = (text: string): string => text.replaceAll(UNSEEN, '\uFFFD');

/** Controls, line and paragraph separators, halves of characters, marks of direction, and what has no width. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
