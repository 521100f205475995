/** What a number that is not known looks like. Never 0. */
export const UNKNOWN_TEXT = '?';

/** `1204` as `1,204`; null as `?`. */
export function humanCount(count: number | null): string {
  return count === null ? UNKNOWN_TEXT : count.toLocaleString('en-US');
}

const UNITS = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'm', ms: 60_000 },
  { name: 's', ms: 1_000 },
] as const;

/**
 * A duration in its two largest units, rounded down: `0s`, `950ms`, `12s`, `3m 20s`, `2h 5m`, `4d 1h`.
 */
export function humanDuration(durationMs: number): string {
  const ms = Math.max(0, Math.floor(durationMs));
  const at = UNITS.findIndex((unit) => ms >= unit.ms);
  const unit = UNITS[at];
  if (unit === undefined) return ms === 0 ? '0s' : `${ms}ms`;
  const whole = `${Math.floor(ms / unit.ms)}${unit.name}`;
  const next = UNITS[at + 1];
  if (next === undefined) return whole;
  const rest = Math.floor((ms % unit.ms) / next.ms);
  return rest === 0 ? whole : `${whole} ${rest}${next.name}`;
}
