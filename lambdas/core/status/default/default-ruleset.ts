import type { ClusterSnapshot } from '../../cluster/snapshot.ts';
import { takeCell } from '../../lag/time-axis.ts';
import type { Ruleset, RulesetRun } from '../ruleset.ts';
import type { GroupVerdict } from '../verdict.ts';
import { parseCheckpoint, renderCheckpoint } from './checkpoint/checkpoint.ts';
import { type ClusterMemory, emptyCluster } from './cluster-memory.ts';
import { DEFAULT_SETTINGS } from './default-settings.ts';
import { type GroupMemory, newGroup } from './group-memory.ts';
import type { GroupInstant, Instant } from './instant.ts';
import { judgeGroup, verdictOf } from './judge-group.ts';
import { AXIS } from './log-memory.ts';
import { measuredGroupOf } from './measures/group-measures.ts';
import { type GroupObjectives, NO_OBJECTIVES } from './objectives.ts';
import { followOnset, newOnsets, observeCluster } from './observe/observe-cluster.ts';
import { missGroup, observeGroup } from './observe/observe-group.ts';
import { observeTopics } from './observe/observe-topics.ts';
import type { RowStore } from './rows/row-store.ts';
import { stormCells } from './rules/rebalance-storm.ts';
import type { RuleSettings } from './settings.ts';

export interface DefaultRules {
  readonly settings: RuleSettings;
  /** What the owners of a group expect of it. */
  readonly objectivesOf: (group: string) => GroupObjectives;
}

/** The rules of docs/status-rules.md. */
export function defaultRuleset(rules: Partial<DefaultRules> = {}): Ruleset {
  const complete: DefaultRules = { settings: DEFAULT_SETTINGS, objectivesOf: () => NO_OBJECTIVES, ...rules };
  return {
    name: 'default',
    begin: (from) => {
      return runFrom(from === null ? emptyCluster() : parseCheckpoint(from), complete);
    },
  };
}

function runFrom(memory: ClusterMemory, rules: DefaultRules): RulesetRun {
  // Only the order is kept: verdicts are larger than the memory that they come from.
  let order: readonly GroupMemory[] = [...memory.groups.values()];
  return {
    advance: (snapshot) => {
      if (snapshot.atMs <= memory.atMs) return lastVerdicts(order, memory, rules);
      const instant = instantOf(memory, snapshot, rules.settings);
      order = observe(memory, snapshot, instant, rules);
      return order.map((group) => judge(groupInstant(group, instant, rules)));
    },
    measuresOf: (name) => {
      const group = memory.groups.get(name);
      return group === undefined ? null : measuredGroupOf(groupInstant(group, lastInstant(memory, rules), rules));
    },
    checkpoint: (last) => renderCheckpoint(memory, last),
  };
}

/** What was said last; nothing of it depends on anything but memory. */
function lastVerdicts(
  order: readonly GroupMemory[],
  memory: ClusterMemory,
  rules: DefaultRules,
): readonly GroupVerdict[] {
  const instant = lastInstant(memory, rules);
  return order.map((group) => verdictOf(groupInstant(group, instant, rules)));
}

/** The instant that memory stands at, for telling of it again. */
const lastInstant = (memory: ClusterMemory, { settings }: DefaultRules): Instant => ({
  memory,
  settings,
  atMs: memory.atMs,
  cell: memory.axis.cells.at(-1) ?? 0,
  stormCells: stormCells(memory.axis, memory.atMs, settings),
  stepMs: 0,
});

/**
 * Everything is observed before anything is judged: whether a cluster is in trouble shows in its groups together.
 *
 * @returns the snapshot's groups in its order, then those known from before
 */
function observe(
  memory: ClusterMemory,
  snapshot: ClusterSnapshot,
  instant: Instant,
  rules: DefaultRules,
): readonly GroupMemory[] {
  forgetOld(memory, instant);
  observeTopics(snapshot, instant);
  const order: GroupMemory[] = [];
  const onsets = newOnsets();
  for (const [name, seen] of snapshot.groups) {
    const group = groupOf(memory, name, snapshot.atMs);
    observeGroup(seen, groupInstant(group, instant, rules));
    followOnset(group, onsets, instant);
    order.push(group);
  }
  for (const group of memory.groups.values()) {
    if (group.seenAtMs === snapshot.atMs) continue;
    missGroup(group, instant);
    order.push(group);
  }
  observeCluster(onsets, instant);
  return order;
}

function groupOf({ groups }: ClusterMemory, name: string, atMs: number): GroupMemory {
  const known = groups.get(name);
  if (known !== undefined) return known;
  const group = newGroup(name, atMs);
  groups.set(name, group);
  return group;
}

function judge(instant: GroupInstant): GroupVerdict {
  if (instant.group.seenAtMs === instant.atMs) judgeGroup(instant);
  return verdictOf(instant);
}

function instantOf(memory: ClusterMemory, { atMs }: ClusterSnapshot, settings: RuleSettings): Instant {
  const stepMs = atMs - memory.atMs;
  memory.atMs = atMs;
  memory.samples += 1;
  const cell = takeCell(memory.axis, atMs, { ...AXIS, horizonMs: settings.forgetAfterMs });
  return { memory, settings, atMs, cell, stormCells: stormCells(memory.axis, atMs, settings), stepMs };
}

// Spelt out: there are many groups, and a copy by spreading lies in two places.
const groupInstant = (group: GroupMemory, instant: Instant, { objectivesOf }: DefaultRules): GroupInstant => ({
  memory: instant.memory,
  settings: instant.settings,
  atMs: instant.atMs,
  cell: instant.cell,
  stormCells: instant.stormCells,
  stepMs: instant.stepMs,
  group,
  objectives: objectivesOf(group.name),
});

function forgetOld(memory: ClusterMemory, { atMs, settings: { forgetAfterMs } }: Instant): void {
  const { topics, groups, logRows, partitionRows } = memory;
  for (const [name, { logs, seenAtMs }] of topics) {
    if (atMs - seenAtMs <= forgetAfterMs) continue;
    topics.delete(name);
    for (const group of groups.values()) forgetTopic(group, name, partitionRows);
    for (const log of logs) logRows.giveBack(log);
  }
  for (const [name, { partitions, seenAtMs }] of groups) {
    if (atMs - seenAtMs <= forgetAfterMs) continue;
    groups.delete(name);
    for (const p of partitions) partitionRows.giveBack(p);
  }
}

/** Should the topic come back, the group meets its partitions anew: the old ones hold on to logs that nobody reads. */
function forgetTopic({ byTopic, partitions }: GroupMemory, topic: string, rows: RowStore): void {
  for (const p of byTopic.get(topic) ?? []) if (p !== null) rows.giveBack(p);
  if (!byTopic.delete(topic)) return;
  partitions.splice(0, partitions.length, ...partitions.filter((p) => p.topic !== topic));
}
