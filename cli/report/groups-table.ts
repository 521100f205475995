import { type Cell, type Column, plain, renderTable } from '../table.ts';
import { countCell, statusCell, timeLagCell } from './cells.ts';
import { type GroupReport, isProblem } from './group-report.ts';

const COLUMNS: readonly Column[] = [
  { title: 'GROUP' },
  { title: 'TYPE' },
  { title: 'STATE' },
  { title: 'MEMBERS', align: 'right' },
  { title: 'LAG', align: 'right' },
  { title: 'TIME-LAG', align: 'right' },
  { title: 'STATUS' },
];

/** A line per group. Why a group is not OK stands in a last column, which is there only when it is needed. */
export function groupsTable(reports: readonly GroupReport[], colour: boolean): readonly string[] {
  const columns = reports.some(isProblem) ? [...COLUMNS, { title: 'WHY' }] : COLUMNS;
  return renderTable(columns, reports.map(rowOf), colour);
}

function rowOf(report: GroupReport): readonly Cell[] {
  const { read, verdict } = report;
  return [
    plain(verdict.group),
    plain(read?.type ?? '?'),
    plain(read?.state ?? '?'),
    countCell(read?.members?.length ?? null),
    countCell(verdict.lagMessages),
    timeLagCell(verdict.timeLag),
    statusCell(verdict.status, verdict.kind ?? verdict.status),
    plain(isProblem(report) ? (verdict.reason?.sentence ?? '') : ''),
  ];
}
