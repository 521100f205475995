import type { NameFilter } from '../cluster/connection.ts';

/** As `Intl` abbreviates them in English, in the order of the week. */
export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A time of the week in which nothing new is told. */
export interface QuietWindow {
  /** Days on which it begins. */
  readonly days: readonly Weekday[];
  /** Minutes after midnight. An end that is not after the beginning lies on the next day. */
  readonly fromMinute: number;
  readonly untilMinute: number;
  /** IANA name, as `Europe/Berlin`. */
  readonly timeZone: string;
  readonly clusters: NameFilter;
  readonly groups: NameFilter;
}

/** Whether the instant lies in the window: its beginning does, its end does not. Clocks are those of its time zone. */
export function isWithin({ days, fromMinute, untilMinute, timeZone }: QuietWindow, atMs: number): boolean {
  const { day, minute } = localTime(timeZone, atMs);
  const today = days.includes(day);
  if (fromMinute < untilMinute) return today && minute >= fromMinute && minute < untilMinute;
  const yesterday = days.includes(WEEKDAYS[(WEEKDAYS.indexOf(day) + 6) % 7] ?? day);
  return (today && minute >= fromMinute) || (yesterday && minute < untilMinute);
}

/** `Intl` knows the zones by a table of its own: the same instant gives the same answer, so it is pure enough here. */
function localTime(timeZone: string, atMs: number): { readonly day: Weekday; readonly minute: number } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
  const day = WEEKDAYS.find((name) => name === parts.get('weekday'));
  if (day === undefined) throw new Error(`invariant: ${parts.get('weekday')} is a day of the week`);
  return { day, minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')) };
}
