import { SluicegateError } from '../../lambdas/core/errors.ts';
import { visible } from '../../lambdas/core/visible.ts';
import { failureLines } from './failure-lines.ts';
import { type ClusterReport, type GroupReport, isProblem, type WatchedGroup } from './group-report.ts';
import { groupsTable } from './groups-table.ts';
import { clusterNotes, groupNotes } from './notes.ts';
import { partitionsTable } from './partitions-table.ts';
import { clusterJson, oneGroupJson } from './report-json.ts';

export interface View {
  /** One group and its partitions; null: all groups. */
  readonly group: string | null;
  readonly json: boolean;
  readonly colour: boolean;
  /** Statuses come from a window and not from one look. */
  readonly watching: boolean;
}

/** A report as lines. Throws USAGE_INVALID for a group that is not there, BROKER_UNREACHABLE for one that could not be read. */
export function reportLines(report: ClusterReport, view: View): readonly string[] {
  if (view.group === null) return clusterLines(report, view);
  const group = groupNamed(report, view.group);
  if (view.json) return [JSON.stringify(oneGroupJson(report, group))];
  return joined(
    partitionsTable(group, view.colour),
    groupNotes(report, group, view.watching),
    capacityLines(report.watched),
    failureLines(report.snapshot.failures),
  );
}

function capacityLines(watched: WatchedGroup | null): readonly string[] {
  if (!watched?.capacity) return [];
  const { sentence, sureness } = watched.capacity;
  return [`Capacity: ${visible(sentence)}${sureness === 'low' ? ' (unsure)' : ''}`];
}

function clusterLines(report: ClusterReport, { json, colour, watching }: View): readonly string[] {
  if (json) return [JSON.stringify(clusterJson(report))];
  const { cluster, failures } = report.snapshot;
  const table =
    report.groups.length === 0
      ? [`Cluster "${visible(cluster)}" has no consumer groups.`]
      : groupsTable(report.groups, colour);
  return joined(table, clusterNotes(report, watching), failureLines(failures));
}

/** Whether what is shown needs a person. */
export function hasProblem(report: ClusterReport, { group }: View): boolean {
  return report.groups.some(
    (candidate) => (group === null || candidate.verdict.group === group) && isProblem(candidate),
  );
}

function groupNamed({ snapshot, groups }: ClusterReport, name: string): GroupReport {
  const found = groups.find(({ verdict }) => verdict.group === name);
  if (found !== undefined) return found;
  const failure = snapshot.failures.find(
    (candidate) => candidate.part === 'broker' || ('group' in candidate && candidate.group === name),
  );
  if (failure !== undefined) {
    throw new SluicegateError('BROKER_UNREACHABLE', `group "${visible(name)}" could not be read: ${failure.message}`);
  }
  const known = groups.map(({ verdict }) => visible(verdict.group)).toSorted();
  const shown = known.slice(0, SUGGESTED).join(', ') + (known.length > SUGGESTED ? `, … (${known.length} in all)` : '');
  throw new SluicegateError(
    'USAGE_INVALID',
    `no group "${visible(name)}" in cluster "${visible(snapshot.cluster)}": ${known.length === 0 ? 'it has none' : `it has ${shown}`}`,
  );
}

const SUGGESTED = 10;

/** The parts that say anything, with a blank line between them. */
const joined = (...parts: readonly (readonly string[])[]): readonly string[] =>
  parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : ['', ...part]));
