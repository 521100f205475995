import type { GroupVerdict } from '../../lambdas/core/status/verdict.ts';

/** What was said of one group at one snapshot. */
export interface Said {
  readonly atMs: number;
  readonly alarm: boolean;
  /** The group's kind and its partitions', as far as they are alarms. */
  readonly kinds: ReadonlySet<string>;
  /** Topic and number of the partitions in alarm. */
  readonly partitions: ReadonlySet<string>;
}

/** A span of alarm: from its first snapshot to the first one without. */
export interface Episode {
  readonly fromMs: number;
  toMs: number;
  readonly kinds: Set<string>;
}

/** Alarms closer together are one. */
const MERGE_MS = 300_000;

export function saidOf(atMs: number, { status, kind, partitions }: GroupVerdict): Said {
  const alarm = status === 'WARN' || status === 'ERR';
  const kinds = new Set<string>();
  const troubled = new Set<string>();
  if (alarm && kind !== null) kinds.add(kind);
  for (const [topic, list] of partitions) {
    for (const [partition, verdict] of list.entries()) {
      if (!alarm || verdict === null || verdict.status === 'OK' || verdict.status === 'UNKNOWN') continue;
      kinds.add(verdict.status);
      troubled.add(`${topic}-${partition}`);
    }
  }
  return { atMs, alarm, kinds, partitions: troubled };
}

/** Every uninterrupted span of alarm. */
export function runsOf(said: readonly Said[]): Episode[] {
  const runs: Episode[] = [];
  let open: Episode | null = null;
  for (const { atMs, alarm, kinds } of said) {
    if (alarm && open === null) {
      open = { fromMs: atMs, toMs: atMs, kinds: new Set() };
      runs.push(open);
    }
    if (open === null) continue;
    open.toMs = atMs;
    if (!alarm) open = null;
    else for (const kind of kinds) open.kinds.add(kind);
  }
  return runs;
}

/** The same, what lies close together joined. */
export function episodesOf(runs: readonly Episode[]): Episode[] {
  const episodes: Episode[] = [];
  for (const run of runs) {
    const last = episodes.at(-1);
    if (last === undefined || run.fromMs - last.toMs >= MERGE_MS) {
      episodes.push({ ...run, kinds: new Set(run.kinds) });
      continue;
    }
    last.toMs = run.toMs;
    for (const kind of run.kinds) last.kinds.add(kind);
  }
  return episodes;
}
