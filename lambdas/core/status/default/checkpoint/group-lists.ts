import type { ColumnReader, NumberSource } from '../../../bytes/column-reader.ts';
import type { ColumnWriter, NumberColumn } from '../../../bytes/column-writer.ts';
import { corrupt } from '../../../bytes/corrupt.ts';
import type { TimeAxis } from '../../../lag/time-axis.ts';
import type { GroupMemory } from '../group-memory.ts';

/** The columns that writer and reader have in common, in the order in which they stand. */
const columnsBy = <Column>(column: (name: string) => Column) => {
  const list = (name: string): ListColumns<Column> => ({ length: column(`${name}.length`), values: column(name) });
  return {
    counts: list('delays'),
    absences: list('absences'),
    alarmedAbsences: list('alarmedAbsences'),
    recentLags: list('recentLags'),
    clients: column('bestByClient'),
    client: column('bestByClient.client'),
    bestPerS: column('bestPerS'),
    delays: column('delays.total'),
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
  return (group: GroupMemory, clientIds: readonly string[]): void => {
    const { cadence, attendance, recentLags, capacity } = group;
    writeList(to.counts, cadence.delays.counts);
    writeList(to.absences, attendance.absences);
    writeList(to.alarmedAbsences, attendance.alarmedAbsences);
    writeList(to.recentLags, recentLags);
    to.delays.put(cadence.delays.total);
    to.membersRead.put(inOrder(group.membersReadCells, axis));
    to.unsettled.put(inOrder(group.unsettledCells, axis));
    to.clients.put(capacity.bestByClient.size);
    let expected = 0;
    for (const [clientId, perS] of capacity.bestByClient) {
      const place = clientIds[expected] === clientId ? expected : clientIds.indexOf(clientId);
      to.client.put(place + 1, expected + 1);
      if (place < 0) columns.text(clientId);
      else expected = place + 1;
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
  return (group: GroupMemory, clientIds: readonly string[]): void => {
    const { cadence, attendance, capacity } = group;
    cadence.delays.counts = readList(from.counts);
    attendance.absences = readList(from.absences);
    attendance.alarmedAbsences = readList(from.alarmedAbsences);
    group.recentLags = readList(from.recentLags);
    cadence.delays.total = from.delays.take();
    group.membersReadCells = from.membersRead.take();
    group.unsettledCells = from.unsettled.take();
    let expected = 0;
    for (let left = from.clients.takeCount(); left > 0; left -= 1) {
      const place = from.client.take(expected + 1) - 1;
      const clientId = place < 0 ? columns.text() : clientIds[place];
      if (clientId === undefined) throw corrupt(`names client ${place} of ${clientIds.length}`);
      capacity.bestByClient.set(clientId, from.bestPerS.take());
      if (place >= 0) expected = place + 1;
    }
  };
}

function readList({ length, values }: ListColumns<NumberSource>): number[] {
  const list: number[] = [];
  for (let left = length.takeCount(); left > 0; left -= 1) list.push(values.take());
  // A list that has grown has room for a dozen more numbers, which most groups never have.
  return list.slice();
}
