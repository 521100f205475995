import type { IncidentEntry } from '../../answers/incidents-answer.ts';

/** One incident on the time line, as shares of its width (0–1). */
export interface IncidentBar {
  readonly incident: IncidentEntry;
  readonly start: number;
  readonly width: number;
}

/** A bar this narrow could not be seen. */
const WIDTH_MIN = 0.006;

/** The span that a time line shows: from the oldest incident, with some room before it, to now. */
export function timelineSpanOf(
  incidents: readonly IncidentEntry[],
  nowMs: number,
): { readonly fromMs: number; readonly toMs: number } {
  const oldestMs = Math.min(nowMs - 180_000, ...incidents.map(({ openedAtMs }) => openedAtMs));
  return { fromMs: oldestMs - (nowMs - oldestMs) * 0.04, toMs: nowMs };
}

/** Where each incident lies in the span; an open one reaches its end. */
export function incidentBarsOf(
  incidents: readonly IncidentEntry[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): readonly IncidentBar[] {
  const share = (atMs: number): number => Math.min(1, Math.max(0, (atMs - fromMs) / Math.max(1, toMs - fromMs)));
  return incidents.map((incident) => {
    const start = share(incident.openedAtMs);
    const width = Math.max(WIDTH_MIN, share(incident.endedAtMs ?? toMs) - start);
    return { incident, start: Math.min(start, 1 - width), width };
  });
}

/** Instants for the axis: round ones, at most so many, as shares of the width. */
export function axisTicksOf(
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  most: number,
): { readonly everyMs: number; readonly ticks: readonly { readonly atMs: number; readonly at: number }[] } {
  const spanMs = Math.max(1, toMs - fromMs);
  const everyMs = STEPS_MS.find((stepMs) => spanMs / stepMs <= most) ?? 7 * 86_400_000;
  const first = Math.ceil(fromMs / everyMs) * everyMs;
  const count = Math.max(0, Math.floor((toMs - first) / everyMs) + 1);
  const ticks = Array.from({ length: count }, (_, index) => {
    const atMs = first + index * everyMs;
    return { atMs, at: (atMs - fromMs) / spanMs };
  });
  return { everyMs, ticks };
}

const STEPS_MS = [10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400, 172_800].map(
  (s) => s * 1_000,
);
