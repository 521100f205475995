import type { ClusterPlan, Fault, GroupPlan } from './plan.ts';
import { isThereAllDay } from './shapes.ts';
import type { Moment } from './simulate.ts';
import { EPOCH_MS, simulate } from './simulate.ts';

/** The truth about one fault, in the words of the corpus. Times in epoch milliseconds. */
export interface Label {
  readonly file: string;
  readonly cluster: string;
  readonly group: string;
  readonly topic: string | null;
  readonly partition: number | null;
  readonly kind: Fault['kind'] | 'GREY';
  readonly variant: string;
  readonly from: number;
  readonly to: number;
  /** The first snapshot that differs from the same history without faults; null: none does. */
  readonly visible: number | null;
  readonly drained: number | null;
  readonly scored: boolean;
}

/** A reset passes over work only where so much of it waited. */
const SKIPPED_S = 300;
/** So much older than without the fault must the oldest unread message be. */
const VISIBLE_S = 30;

/** Lets the plan happen twice, with its faults and without, and labels what differs. */
export function labelled(plan: ClusterPlan, file: string): { moments: Moment[]; labels: Label[] } {
  const moments = [...simulate(plan)];
  const healthy = plan.faults.length === 0 ? moments : [...simulate(plan, [])];
  const labels = plan.faults.flatMap((fault) => labelsOf(fault, moments, healthy, plan, file));
  return { moments, labels: [...labels, ...overloads(plan, healthy, file)] };
}

function labelsOf(
  fault: Fault,
  moments: readonly Moment[],
  healthy: readonly Moment[],
  plan: ClusterPlan,
  file: string,
): Label[] {
  const place =
    'partition' in fault.does
      ? { topic: fault.does.topic, partition: fault.does.partition }
      : { topic: null, partition: null };
  const differs = (index: number): boolean => {
    const ages = moments[index]?.ages.get(fault.group) ?? [];
    const usual = healthy[index]?.ages.get(fault.group) ?? [];
    return ages.some((age, at) => age - (usual[at] ?? 0) >= VISIBLE_S);
  };
  // While its coordinator is down, nobody sees anything of a group.
  const read = (index: number): boolean => moments[index]?.snapshot.groups.has(fault.group) === true;
  const instant = fault.kind === 'SKIP';
  const commitEveryS = plan.groups.find(({ name }) => name === fault.group)?.commitEveryS ?? 0;
  const worst = Math.max(
    ...moments.map(({ second, ages }, index) => {
      if (second < fault.from - (instant ? 120 : 0) || second > fault.to + 300) return 0;
      const usual = healthy[index]?.ages.get(fault.group) ?? [];
      return Math.max(...(ages.get(fault.group) ?? []).map((age, at) => age - (usual[at] ?? 0)));
    }),
  );
  const first = moments.findIndex(
    ({ second }, index) => second >= fault.from && read(index) && (instant || differs(index)),
  );
  const visible = moments[first]?.snapshot.atMs ?? null;
  // A reading bears its own time, up to a second before that of what it shows.
  const from = Math.min(EPOCH_MS + fault.from * 1_000, visible ?? Number.POSITIVE_INFINITY);
  const end = moments.findIndex(({ second }, index) => second >= fault.to && read(index) && !differs(index));
  const drained = moments[end]?.snapshot.atMs ?? moments.at(-1)?.snapshot.atMs ?? null;
  const label: Label = {
    file,
    cluster: plan.name,
    group: fault.group,
    ...place,
    kind: fault.kind,
    variant: fault.does.what,
    from,
    to: EPOCH_MS + fault.to * 1_000,
    visible,
    drained,
    scored:
      visible !== null &&
      (instant ? worst >= SKIPPED_S : seenLongEnough(fault, moments[first]?.second ?? 0, worst, commitEveryS)),
  };
  return [label, ...lossOf(fault, moments, label)];
}

/** Where a stop outlasts retention, the loss is an incident of its own. */
function lossOf(fault: Fault, moments: readonly Moment[], label: Label): Label[] {
  if (fault.does.what !== 'all-gone') return [];
  const lost = moments.find(
    ({ second, lost }) =>
      second >= fault.from && second <= fault.to && (lost.get(fault.group) ?? []).some((count) => count > 2),
  );
  return lost
    ? [{ ...label, kind: 'DATA_LOSS', variant: 'retention-overtook', visible: lost.snapshot.atMs, scored: true }]
    : [];
}

const GREY_AGE_S = 60;
const GREY_FOR_S = 1_500;

/** Spans in which a group that works all day is behind for long without a fault: neither healthy nor labelled. */
function overloads(plan: ClusterPlan, healthy: readonly Moment[], file: string): Label[] {
  return plan.groups.flatMap((group) => {
    if (group.abandonedAt !== undefined) return abandoned(plan, group, file);
    if (!isThereAllDay(group, plan) || group.startBackS > 0) return [];
    const usualS = GREY_AGE_S + (group.commitEveryS > 60 ? 1.5 * group.commitEveryS : 0);
    const labels: Label[] = [];
    let since: Moment | null = null;
    for (const moment of [...healthy, null]) {
      const behind = moment !== null && Math.max(0, ...(moment.ages.get(group.name) ?? [])) > usualS;
      if (behind && since === null) since = moment;
      if (behind || since === null) continue;
      const until = moment ?? healthy.at(-1);
      if (until && until.second - since.second >= GREY_FOR_S) {
        labels.push({
          file,
          cluster: plan.name,
          group: group.name,
          topic: null,
          partition: null,
          kind: 'GREY',
          variant: 'organic-overload',
          from: since.snapshot.atMs,
          to: until.snapshot.atMs,
          visible: null,
          drained: until.snapshot.atMs,
          scored: false,
        });
      }
      since = null;
    }
    return labels;
  });
}

/** A group that nobody needs any more. */
function abandoned(plan: ClusterPlan, { name, abandonedAt = 0 }: GroupPlan, file: string): Label[] {
  const [from, to] = [abandonedAt, plan.seconds].map((second) => EPOCH_MS + second * 1_000);
  if (from === undefined || to === undefined) return [];
  return [
    {
      file,
      cluster: plan.name,
      group: name,
      topic: null,
      partition: null,
      kind: 'GREY',
      variant: 'abandoned',
      from,
      to,
      visible: null,
      drained: to,
      scored: false,
    },
  ];
}

/** Less than this, and no checker could be blamed. */
function seenLongEnough({ kind, to }: Fault, second: number, worstS: number, commitEveryS: number): boolean {
  if (kind === 'REWIND') return worstS >= 120;
  // Who commits seldom looks the same between two commits, whatever happens there.
  const seenS = 150 + (commitEveryS > 60 ? commitEveryS : 0);
  return worstS >= seenS && second <= to - seenS;
}
