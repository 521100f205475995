import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import { corrupt } from '../../../bytes/corrupt.ts';
import type { TimeAxis } from '../../../lag/time-axis.ts';
import type { GroupMemory } from '../group-memory.ts';

/** What a group remembers in lists of numbers, each with its length before it. */
const LISTS: readonly { readonly name: string; readonly of: (group: GroupMemory) => number[] }[] = [
  { name: 'delays', of: ({ cadence }) => cadence.delays.counts },
  { name: 'absences', of: ({ attendance }) => attendance.absences },
  { name: 'alarmedAbsences', of: ({ attendance }) => attendance.alarmedAbsences },
  { name: 'recentLags', of: ({ recentLags }) => recentLags },
];

/** The columns that writer and reader have in common, in the order in which they stand. */
const columnsBy = <Column>(column: (name: string) => Column) => ({
  lists: LISTS.map(({ name, of }) => ({ of, length: column(`${name}.length`), values: column(name) })),
  clients: column('bestByClient'),
  client: column('bestByClient.client'),
  bestPerS: column('bestPerS'),
  delays: column('delays.total'),
  membersRead: column('membersRead'),
  unsettled: column('unsettled'),
});

/** Writes what is a list of its own in a group: see above, the clients' best, and where it was unsettled. */
export function listsWriter(columns: ColumnWriter, axis: TimeAxis): (group: GroupMemory) => void {
  const { lists, clients, client, bestPerS, delays, membersRead, unsettled } = columnsBy((name) =>
    columns.column(name),
  );
  return (group) => {
    for (const { of, length, values } of lists) {
      const list = of(group);
      length.put(list.length);
      for (const value of list) values.put(value);
    }
    delays.put(group.cadence.delays.total);
    membersRead.put(inOrder(group.membersReadCells, axis));
    unsettled.put(inOrder(group.unsettledCells, axis));
    clients.put(group.capacity.bestByClient.size);
    const known = clientIdsOf(group);
    let expected = 0;
    for (const [clientId, perS] of group.capacity.bestByClient) {
      const place = known[expected] === clientId ? expected : known.indexOf(clientId);
      client.put(place + 1, expected + 1);
      if (place < 0) columns.text(clientId);
      else expected = place + 1;
      bestPerS.put(perS);
    }
  };
}

/** The texts that clients are told by: those of the present members. */
const clientIdsOf = ({ members }: GroupMemory): string[] => [
  ...new Set(Array.from(members.values(), ({ clientId }) => clientId)),
];

/** Cells come back from a checkpoint in the order of their instants. */
const inOrder = (bits: number, { cells }: TimeAxis): number =>
  cells.reduce((sum, cell, ordinal) => sum | (((bits >>> cell) & 1) << ordinal), 0);

/** The opposite, into a group whose members are read and whose lists are empty. */
export function listsReader(columns: ColumnReader): (group: GroupMemory) => void {
  const { lists, clients, client, bestPerS, delays, membersRead, unsettled } = columnsBy((name) =>
    columns.column(name),
  );
  return (group) => {
    for (const { of, length, values } of lists) {
      const list = of(group);
      for (let left = length.takeCount(); left > 0; left -= 1) list.push(values.take());
    }
    group.cadence.delays.total = delays.take();
    group.membersReadCells = membersRead.take();
    group.unsettledCells = unsettled.take();
    const known = clientIdsOf(group);
    let expected = 0;
    for (let left = clients.takeCount(); left > 0; left -= 1) {
      const place = client.take(expected + 1) - 1;
      const clientId = place < 0 ? columns.text() : known[place];
      if (clientId === undefined) throw corrupt(`names client ${place} of ${known.length}`);
      group.capacity.bestByClient.set(clientId, bestPerS.take());
      if (place >= 0) expected = place + 1;
    }
  };
}
