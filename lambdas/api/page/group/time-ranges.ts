/** The spans of time that can be chosen, by the name that stands in the address. */
export const RANGES = {
  '15m': { label: '15 min', spanMs: 900_000 },
  '1h': { label: '1 h', spanMs: 3_600_000 },
  '6h': { label: '6 h', spanMs: 21_600_000 },
  '24h': { label: '24 h', spanMs: 86_400_000 },
  '7d': { label: '7 d', spanMs: 604_800_000 },
} as const;
export type RangeName = keyof typeof RANGES;

export const RANGE_NAMES = Object.keys(RANGES) as readonly RangeName[];

/** What is looked at: the last so long, or from here to there. */
export type TimeRange =
  | { readonly kind: 'last'; readonly name: RangeName }
  | { readonly kind: 'fixed'; readonly fromMs: number; readonly toMs: number };

/** The range that an address holds; the last 15 minutes when it holds none that makes sense. */
export function timeRangeOf({ range = '', from = '', to = '' }: Readonly<Record<string, string>>): TimeRange {
  const fromMs = Number(from);
  const toMs = Number(to);
  if (Number.isSafeInteger(fromMs) && Number.isSafeInteger(toMs) && fromMs > 0 && toMs > fromMs) {
    return { kind: 'fixed', fromMs, toMs };
  }
  return { kind: 'last', name: RANGE_NAMES.find((name) => name === range) ?? '15m' };
}

/** The same for an address. */
export const rangeQueryOf = (range: TimeRange): Readonly<Record<string, string>> =>
  range.kind === 'last'
    ? { range: range.name, from: '', to: '' }
    : { range: '', from: String(Math.round(range.fromMs)), to: String(Math.round(range.toMs)) };

/** First and last instant of a range (epoch). */
export const boundsOf = (range: TimeRange, nowMs: number): { readonly fromMs: number; readonly toMs: number } =>
  range.kind === 'fixed' ? range : { fromMs: nowMs - RANGES[range.name].spanMs, toMs: nowMs };
