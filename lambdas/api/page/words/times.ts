/** How times of day are shown: in the reader's zone, in 24 hours, whatever the browser's language. */
export interface Zone {
  /** IANA name: `Europe/Berlin`. */
  readonly timeZone: string;
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${JSON.stringify(options)}`;
  const known = FORMATS.get(key) ?? new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...options });
  FORMATS.set(key, known);
  return known;
}

const TIME = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
const DAY = { day: 'numeric', month: 'short' } as const;

/** `14:03:20`. */
export const timeText = (atMs: number, { timeZone }: Zone): string => formatOf(timeZone, TIME).format(atMs);

/** `14:03:20` today, `23 Nov 14:03:20` on another day. */
export function dayTimeText(atMs: number, nowMs: number, zone: Zone): string {
  const day = dayText(atMs, zone);
  return day === dayText(nowMs, zone) ? timeText(atMs, zone) : `${day}, ${timeText(atMs, zone)}`;
}

/** `23 Nov`. */
export const dayText = (atMs: number, { timeZone }: Zone): string => formatOf(timeZone, DAY).format(atMs);

/** `Europe/Berlin, UTC+1`: which clock the page's times are of. */
export function zoneText({ timeZone }: Zone, atMs: number): string {
  const offset =
    formatOf(timeZone, { timeZoneName: 'shortOffset' })
      .formatToParts(atMs)
      .find(({ type }) => type === 'timeZoneName')
      ?.value.replace('GMT', 'UTC') ?? '';
  return offset === '' || timeZone === 'UTC' ? timeZone : `${timeZone}, ${offset}`;
}

/** Ticks of a time axis: seconds only where they differ, days where they change. */
export function tickText(atMs: number, incrementS: number, { timeZone }: Zone): string {
  if (incrementS >= 86_400) return dayText(atMs, { timeZone });
  return formatOf(timeZone, incrementS >= 60 ? { hour: '2-digit', minute: '2-digit' } : TIME).format(atMs);
}
