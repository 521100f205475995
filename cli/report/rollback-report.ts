import { durationText } from '../../lambdas/core/quantity.ts';
import type { LeftWhy, PlannedPartition } from '../../lambdas/core/rollback/plan-partition.ts';
import type { ReleaseRollback } from '../../lambdas/core/rollback/rollback-json.ts';
import { limitsOf, obstacleText, totalsOf } from '../../lambdas/core/rollback/rollback-limits.ts';
import { outcomeText, type RollbackOutcome } from '../../lambdas/core/rollback/rollback-outcome.ts';
import { visible } from '../../lambdas/core/visible.ts';
import { type Cell, type Column, plain, renderTable, toned } from '../table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'TOPIC' },
  { title: 'PARTITION', align: 'right' },
  { title: 'NOW', align: 'right' },
  { title: 'BACK-TO', align: 'right' },
  { title: 'RE-READ', align: 'right' },
  { title: 'DELETED', align: 'right' },
  { title: 'WHAT' },
];

/** A rollback for people: its partitions, what stands in the way, what it does not undo, and what came of it. */
export function rollbackLines(rollback: ReleaseRollback, colour: boolean): readonly string[] {
  const { releaseId, cluster, outcome, isRecorded } = rollback;
  const { plan } = outcome;
  const obstacles = (outcome.kind === 'refused' ? outcome.obstacles : plan.obstacles).map(obstacleText);
  const limits = limitsOf(plan).map(({ sentence }) => sentence);
  const age = durationText(plan.readAtMs - plan.markedAtMs);
  return [
    `Release ${visible(releaseId)}: group "${visible(plan.group)}" in ${visible(cluster)}, back to its marker of ${age} ago`,
    '',
    ...renderTable(
      COLUMNS,
      plan.partitions.map((planned) => rowOf(planned, outcome)),
      colour,
    ),
    ...listed('In the way:', obstacles),
    ...listed('Not undone:', limits),
    '',
    closingLine(outcome, colour),
    ...(isRecorded === false ? ['The ledger could not be written: this rollback is not in it.'] : []),
  ];
}

const listed = (title: string, items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : ['', title, ...items.map((item) => `  ${visible(item)}`)];

function closingLine(outcome: RollbackOutcome, colour: boolean): string {
  const sentence = visible(outcomeText(outcome));
  if (outcome.kind === 'planned') {
    const { resetPartitions } = totalsOf(outcome.plan);
    const next =
      outcome.plan.obstacles.length > 0 || resetPartitions === 0 ? '' : '; "rollback apply --execute" does it';
    return `Nothing was changed: ${sentence}${next}.`;
  }
  const tone = outcome.kind === 'applied' || outcome.kind === 'nothingToDo' ? 'good' : 'bad';
  return `${toned({ text: sentence, tone }, colour)}.`;
}

function rowOf(planned: PlannedPartition, outcome: RollbackOutcome): readonly Cell[] {
  const { topic, partition } = planned;
  const place = [plain(topic), plain(String(partition))];
  switch (planned.kind) {
    case 'reset': {
      const { fromOffset, toOffset, rereadMessages, lostMessages } = planned;
      const numbers = [fromOffset, toOffset, rereadMessages, lostMessages].map(offsetCell);
      return [...place, ...numbers, resultCell(planned, outcome)];
    }
    case 'unchanged':
      return [...place, ...[planned.committedOffset, null, null, null].map(offsetCell), plain('stands there')];
    case 'left': {
      const text = LEFT_TEXT[planned.why];
      return [...place, ...[planned.committedOffset, null, null, null].map(offsetCell), { text, tone: 'warning' }];
    }
    case 'unread':
      return [...place, ...Array.from({ length: 4 }, () => offsetCell(null)), { text: 'not readable', tone: 'bad' }];
  }
}

const LEFT_TEXT: Readonly<Record<LeftWhy, string>> = {
  nothingMarked: 'stays: nothing was committed then',
  newTopic: 'stays: not in the marker',
  otherLog: 'stays: another log',
  gone: 'gone',
};

/** Offsets go into other commands: they stand as Kafka's tools print them. */
const offsetCell = (offset: number | null): Cell => plain(offset === null ? '-' : String(offset));

function resultCell({ topic, partition }: PlannedPartition, outcome: RollbackOutcome): Cell {
  if (outcome.kind !== 'applied' && outcome.kind !== 'partly') return plain('goes back');
  const result = outcome.partitions.find((one) => one.topic === topic && one.partition === partition);
  if (result === undefined || result.error !== null) return { text: result?.error ?? 'no answer', tone: 'bad' };
  if (result.isRestored) return { text: 'went back', tone: 'good' };
  const { readBackOffset } = result;
  return { text: readBackOffset === null ? 'not read back' : `reads ${readBackOffset}`, tone: 'bad' };
}

/** Whether a person has to do something. */
export function needsSomebody({ outcome, isRecorded }: ReleaseRollback): boolean {
  if (isRecorded === false) return true;
  if (outcome.kind === 'planned') return outcome.plan.obstacles.length > 0;
  return outcome.kind !== 'applied' && outcome.kind !== 'nothingToDo';
}
