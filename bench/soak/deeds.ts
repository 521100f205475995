/** One thing that was done, as it really came (epoch). `untilMs` null: it was not over when the soak ended. */
export interface Deedspan {
  /** Null: a broker. */
  readonly group: string | null;
  readonly what: string;
  readonly isFault: boolean;
  readonly fromMs: number;
  untilMs: number | null;
}

/** What must be noticed. */
const FAULTS: readonly string[] = ['stopped', 'stalled', 'slowed'];

/** Writes down, now, that something begins or is over. */
export function note(deeds: Deedspan[], group: string | null, what: string, begins: boolean): void {
  if (begins) deeds.push({ group, what, isFault: FAULTS.includes(what), fromMs: Date.now(), untilMs: null });
  const begun = deeds.findLast((deed) => deed.group === group && deed.what === what);
  if (!begins && begun !== undefined) begun.untilMs = Date.now();
}
