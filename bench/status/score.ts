import type { Label } from '../histories/labels.ts';
import { type Episode, episodesOf, runsOf, type Said } from './episodes.ts';

/** How one labelled incident was found. */
export interface Found {
  readonly kind: string;
  readonly label: Label;
  readonly detected: boolean;
  /** From when it could be seen to the alarm; null: never. */
  readonly delayMs: number | null;
  readonly rightKind: boolean;
  /** Changes between alarm and none while it lasted. */
  readonly changes: number;
}

export interface Score {
  readonly incidents: Found[];
  readonly falseAlarms: {
    readonly file: string;
    readonly group: string;
    readonly atMs: number;
    readonly kinds: string;
  }[];
  /** Falsely alarmed: once per episode, and again for each full hour. */
  falseCount: number;
  trueEpisodes: number;
  healthyMs: number;
}

export const emptyScore = (): Score => ({
  incidents: [],
  falseAlarms: [],
  falseCount: 0,
  trueEpisodes: 0,
  healthyMs: 0,
});

/** After a label, an alarm may last as long. */
const GRACE_MS = 600_000;
const HOUR_MS = 3_600_000;

/** Kinds that mean the same trouble. */
const ACCEPTED: Readonly<Record<string, readonly string[]>> = {
  STOPPED: ['STOPPED', 'STALLED'],
  STALLED: ['STALLED', 'STOPPED'],
  SKIP: ['SKIP', 'DATA_LOSS'],
  DATA_LOSS: ['DATA_LOSS', 'SKIP'],
};
/** They follow a stop, so that any alarm would do otherwise. */
const BY_NAME_ONLY: ReadonlySet<string> = new Set(['SKIP', 'DATA_LOSS']);

/** Adds one group of one history: what was said against what was true. */
export function addGroup(
  score: Score,
  place: { readonly file: string; readonly group: string },
  labels: readonly Label[],
  said: readonly Said[],
): void {
  const runs = runsOf(said);
  const first = said[0]?.atMs ?? 0;
  const last = said.at(-1)?.atMs ?? 0;
  const spans = joined(
    labels.map((label) => ({ fromMs: label.from, toMs: Math.max(label.to, label.drained ?? 0) + GRACE_MS })),
  );
  score.healthyMs +=
    last - first - spans.reduce((sum, span) => sum + Math.max(0, Math.min(span.toMs, last) - span.fromMs), 0);
  for (const episode of episodesOf(runs)) weigh(score, place, labels, spans, episode);
  for (const label of labels) if (label.scored) score.incidents.push(found(label, labels, runs, said));
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const before = all.at(-1);
    if (before === undefined || span.fromMs > before.toMs) all.push(span);
    else all[all.length - 1] = { fromMs: before.fromMs, toMs: Math.max(before.toMs, span.toMs) };
  }
  return all;
}

function weigh(
  score: Score,
  place: { readonly file: string; readonly group: string },
  labels: readonly Label[],
  spans: readonly Span[],
  episode: Episode,
): void {
  const touched = spans.filter(({ fromMs, toMs }) => fromMs <= episode.toMs && episode.fromMs <= toMs);
  const coveredMs = touched.reduce(
    (sum, { fromMs, toMs }) => sum + Math.max(0, Math.min(toMs, episode.toMs) - Math.max(fromMs, episode.fromMs)),
    0,
  );
  const early = touched[0] === undefined ? Number.POSITIVE_INFINITY : touched[0].fromMs - episode.fromMs;
  const meant = labels.some(
    (label) =>
      label.scored && label.from <= episode.toMs && episode.fromMs <= Math.max(label.to, label.drained ?? 0) + GRACE_MS,
  );
  if (meant && early <= GRACE_MS) score.trueEpisodes += 1;
  const count = (early > GRACE_MS ? 1 : 0) + Math.floor((episode.toMs - episode.fromMs - coveredMs) / HOUR_MS);
  if (count === 0) return;
  score.falseCount += count;
  score.falseAlarms.push({ ...place, atMs: episode.fromMs, kinds: [...episode.kinds].join('+') });
}

function found(label: Label, labels: readonly Label[], runs: readonly Episode[], said: readonly Said[]): Found {
  const accepted = ACCEPTED[label.kind] ?? [label.kind];
  const during = said.filter(({ atMs }) => atMs >= label.from && atMs <= label.to + GRACE_MS);
  const before = said.findLast(({ atMs }) => atMs < label.from)?.kinds ?? new Set<string>();
  const alarms = during.filter((one) => one.alarm && isAbout(one, label, labels, runs, before));
  const named = alarms.filter(({ kinds }) => accepted.some((kind) => kinds.has(kind)));
  const detected = BY_NAME_ONLY.has(label.kind) ? named[0] : alarms[0];
  const endMs = Math.max(label.to, label.drained ?? 0) + GRACE_MS;
  const changes = said.filter(
    (one, index) => index > 0 && one.atMs >= label.from && one.atMs <= endMs && one.alarm !== said[index - 1]?.alarm,
  ).length;
  return {
    kind: label.kind,
    label,
    detected: detected !== undefined,
    delayMs: detected === undefined ? null : Math.max(0, detected.atMs - (label.visible ?? label.from)),
    rightKind: named.length > 0,
    changes,
  };
}

/** An alarm that was on before for no labelled reason finds nothing, unless it now names this kind. */
function isAbout(
  one: Said,
  label: Label,
  labels: readonly Label[],
  runs: readonly Episode[],
  before: ReadonlySet<string>,
): boolean {
  const begunMs = runs.findLast(({ fromMs }) => fromMs <= one.atMs)?.fromMs ?? one.atMs;
  if (begunMs >= label.from) return true;
  const others = labels.filter((other) => other !== label);
  if (others.some((other) => other.from <= begunMs && begunMs <= Math.max(other.to, other.drained ?? 0) + GRACE_MS))
    return true;
  const accepted = ACCEPTED[label.kind] ?? [label.kind];
  return accepted.some((kind) => one.kinds.has(kind)) && !accepted.some((kind) => before.has(kind));
}
