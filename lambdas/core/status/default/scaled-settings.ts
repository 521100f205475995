import type { RuleSettings } from './settings.ts';

/**
 * The same rules in another time: every duration times the factor, everything else as it is. A demo whose samples and
 * clients are twelve times faster is judged by `scaledSettings(DEFAULT_SETTINGS, 1 / 12)`.
 */
export const scaledSettings = (settings: RuleSettings, factor: number): RuleSettings => scaled(settings, factor);

function scaled<T extends object>(settings: T, factor: number): T {
  const entries = Object.entries(settings).map(([key, value]: [string, unknown]) => [
    key,
    scaledValue(key, value, factor),
  ]);
  return Object.fromEntries(entries) as T;
}

/** Durations are told by their names: units end them. */
function scaledValue(key: string, value: unknown, factor: number): unknown {
  if (Array.isArray(value)) return value.map((item) => scaledValue(key, item, factor));
  if (typeof value === 'object' && value !== null) return scaled(value, factor);
  return typeof value === 'number' && key.endsWith('Ms') ? value * factor : value;
}
