import type { ColumnReader, NumberSource } from '../../../bytes/column-reader.ts';
import type { ColumnWriter, NumberColumn } from '../../../bytes/column-writer.ts';
import { corrupt } from '../../../bytes/corrupt.ts';
import type { TimeAxis } from '../../../lag/time-axis.ts';
import type { GroupMemory } from '../group-memory.ts';
import { NOWHERE, placeReader, placeWriter } from './places.ts';

/** The columns that writer and reader have in common, in the order in which they stand. */
const columnsBy = <Column>(column: (name: string) => Column) => {
  const list = (name: string): ListColumns<Column> => ({ length: column(`${name}.length`), values: column(name) });
  return {
    delayCounts: list('delays'),
    absences: list('absences'),
    alarmedAbsences: list('alarmedAbsences'),
    recentLags: list('recentLags'),
    clients: column('bestByClient'),
    client: column('bestByClient.client'),
    bestPerS: column('bestPerS'),
    delayTotal: column('delays.total'),
    membersRead: column('membersRead'),
    unsettled: column('unsettled'),
  };
};

/** A list of numbers for each group, with its length before it. */
interface ListColumns<Column> {
  readonly length: Column;
  readonly values: Column;
}

/**
 * Writes what is a list of its own in a group: of delays, absences and lags, the clients' best, and where it was
 * unsettled. A client is told by its place among those of the present members, if it is there.
 */
export function listsWriter(columns: ColumnWriter, axis: TimeAxis) {
  const to = columnsBy((name) => columns.column(name));
  const clients = placeWriter(to.client);
  return (group: GroupMemory, clientIds: readonly string[]): void => {
    const { cadence, attendance, recentLags, capacity } = group;
    writeList(to.delayCounts, cadence.delays.counts);
    writeList(to.absences, attendance.absences);
    writeList(to.alarmedAbsences, attendance.alarmedAbsences);
    writeList(to.recentLags, recentLags);
    to.delayTotal.put(cadence.delays.total);
    to.membersRead.put(inOrder(group.membersReadCells, axis));
    to.unsettled.put(inOrder(group.unsettledCells, axis));
    to.clients.put(capacity.bestByClient.size);
    clients.restart();
    for (const [clientId, perS] of capacity.bestByClient) {
      const expected = clients.expected();
      const place = clientIds[expected] === clientId ? expected : clientIds.indexOf(clientId);
      clients.put(place);
      if (place === NOWHERE) columns.text(clientId);
      to.bestPerS.put(perS);
    }
  };
}

function writeList({ length, values }: ListColumns<NumberColumn>, list: readonly number[]): void {
  length.put(list.length);
  for (const value of list) values.put(value);
}

/** Cells come back from a checkpoint in the order of their instants. */
const inOrder = (bits: number, { cells }: TimeAxis): number =>
  cells.reduce((sum, cell, ordinal) => sum | (((bits >>> cell) & 1) << ordinal), 0);

/** The opposite. */
export function listsReader(columns: ColumnReader) {
  const from = columnsBy((name) => columns.column(name));
  const clients = placeReader(from.client);
  return (group: GroupMemory, clientIds: readonly string[]): void => {
    const { cadence, attendance, capacity } = group;
    cadence.delays.counts = readList(from.delayCounts);
    attendance.absences = readList(from.absences);
    attendance.alarmedAbsences = readList(from.alarmedAbsences);
    group.recentLags = readList(from.recentLags);
    cadence.delays.total = from.delayTotal.take();
    group.membersReadCells = from.membersRead.take();
    group.unsettledCells = from.unsettled.take();
    clients.restart();
    for (let left = from.clients.takeCount(); left > 0; left -= 1) {
      const place = clients.take();
      const clientId = place === NOWHERE ? columns.text() : clientIds[place];
      if (clientId === undefined) throw corrupt(`names client ${place} of ${clientIds.length}`);
      capacity.bestByClient.set(clientId, from.bestPerS.take());
    }
  };
}

function readList({ length, values }: ListColumns<NumberSource>): number[] {
  const list: number[] = [];
  for (let left = length.takeCount(); left > 0; left -= 1) list.push(values.take());
  // A list that has grown has room for a dozen more numbers, which most groups never have.
  return list.slice();
}
