import * as z from 'zod';

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const PATTERN = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** Milliseconds of `90s`, `5m`, `1.5h`, `30d`; null for anything else, a bare number included. */
export function parseDurationMs(text: string): number | null {
  const [, amount, unit] = PATTERN.exec(text.trim()) ?? [];
  if (amount === undefined || unit === undefined) return null;
  return Math.round(Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS]);
}

/** A duration as people write it, in milliseconds once parsed. */
export const durationMs = ({ min, max }: { min: string; max: string }) =>
  z.string().transform((text, context) => {
    const ms = parseDurationMs(text);
    if (ms === null) {
      context.addIssue(`"${text}" is not a duration: write a number and a unit, as in 90s, 5m or 2h`);
      return z.NEVER;
    }
    if (ms < (parseDurationMs(min) ?? 0) || ms > (parseDurationMs(max) ?? Number.POSITIVE_INFINITY)) {
      context.addIssue(`"${text}" is out of range: from ${min} to ${max}`);
      return z.NEVER;
    }
    return ms;
  });
