import { type Cell, type Column, plain, renderTable } from '../table.ts';
import { NOTHING, rawCell, statusCell, timeLagCell } from './cells.ts';
import type { GroupReport } from './group-report.ts';
import { idleMembersOf, type PartitionRow, partitionRowsOf } from './partition-rows.ts';

/** The columns of kafka-consumer-groups --describe, then ours. */
const COLUMNS: readonly Column[] = [
  { title: 'GROUP' },
  { title: 'TOPIC' },
  { title: 'PARTITION', align: 'right' },
  { title: 'CURRENT-OFFSET', align: 'right' },
  { title: 'LOG-END-OFFSET', align: 'right' },
  { title: 'LAG', align: 'right' },
  { title: 'CONSUMER-ID' },
  { title: 'HOST' },
  { title: 'CLIENT-ID' },
  { title: 'TIME-LAG', align: 'right' },
  { title: 'STATUS' },
];

/** A line per partition of one group, and one per member without any. Nothing at all where there is neither. */
export function partitionsTable(report: GroupReport, colour: boolean): readonly string[] {
  const { group } = report.verdict;
  const partitions = partitionRowsOf(report).map((row) => rowOf(group, row));
  const idle = idleMembersOf(report).map(({ memberId, host, clientId }) => [
    plain(group),
    ...Array<Cell>(5).fill(NOTHING),
    ...[memberId, host, clientId].map(plain),
    NOTHING,
    NOTHING,
  ]);
  const rows = [...partitions, ...idle];
  return rows.length === 0 ? [] : renderTable(COLUMNS, rows, colour);
}

function rowOf(group: string, { topic, partition, owner, verdict }: PartitionRow): readonly Cell[] {
  return [
    plain(group),
    plain(topic),
    rawCell(partition),
    rawCell(verdict.committedOffset),
    rawCell(verdict.logEndOffset),
    rawCell(verdict.lagMessages),
    rawCell(owner?.memberId ?? null),
    rawCell(owner?.host ?? null),
    rawCell(owner?.clientId ?? null),
    verdict.lagMessages === null ? NOTHING : timeLagCell(verdict.timeLag),
    statusCell(verdict.status),
  ];
}
