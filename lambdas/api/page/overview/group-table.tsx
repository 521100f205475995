import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { GroupEntry, GroupSort } from '../../answers/groups-answer.ts';
import { GroupRow } from './group-row.tsx';
import type { Selection } from './select-groups.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import { useReached } from './use-reached.ts';

interface GroupTableProps {
  readonly cluster: string;
  readonly groups: readonly GroupEntry[];
  readonly trailAtMs: readonly number[];
  /** When the newest sample was taken: ages in the table are those of that moment. */
  readonly selection: Selection;
  readonly onSelect: (query: Readonly<Record<string, string>>) => void;
}

interface Column {
  readonly title: string;
  readonly sort: GroupSort | null;
  readonly className?: string;
  /** What the first order of the sort is. */
  readonly first: 'ascending' | 'descending';
}

const COLUMNS: readonly Column[] = [
  { title: 'Status', sort: 'trouble', first: 'descending' },
  { title: 'Group', sort: 'group', first: 'ascending' },
  { title: 'Members', sort: null, first: 'descending', className: 'number' },
  { title: 'Lag', sort: 'lag', first: 'descending', className: 'number' },
  { title: 'Time lag', sort: 'timeLag', first: 'descending', className: 'number' },
  { title: 'In', sort: 'produced', first: 'descending', className: 'number' },
  { title: 'Out', sort: 'consumed', first: 'descending', className: 'number' },
  { title: 'Drained in', sort: 'drainEta', first: 'descending', className: 'number' },
  { title: 'Lag over time', sort: null, first: 'descending', className: 'trend-head' },
];

/** Every group in a line. Lines out of sight are not laid out, so that a thousand of them cost no more than a screenful. */
export function GroupTable({ cluster, groups, trailAtMs, selection, onSelect }: GroupTableProps) {
  const rows = useMemo<(JSX.Element | undefined)[]>(
    () => groups.map(() => undefined),
    // Between two samples the same rows stand again, and nothing is compared.
    [cluster, groups],
  );
  const reached = useReached(groups.length);
  for (const [place, entry] of groups.slice(0, reached).entries()) {
    rows[place] ??= <GroupRow key={entry.group} cluster={cluster} entry={entry} trailAtMs={trailAtMs} />;
  }
  const table = useRef<HTMLTableElement>(null);
  useKeptFocus(table);
  return (
    <table ref={table} class="group-table" onKeyDown={moveBetweenGroups}>
      <caption class="hidden">
        Consumer groups with status, lag, rates and the lag over time; groups in trouble first
      </caption>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <HeadCell key={column.title} column={column} selection={selection} onSelect={onSelect} />
          ))}
        </tr>
      </thead>
      <tbody>{rows.slice(0, reached)}</tbody>
    </table>
  );
}

function HeadCell({
  column: { title, sort, className, first },
  selection,
  onSelect,
}: { readonly column: Column } & Pick<GroupTableProps, 'selection' | 'onSelect'>) {
  if (sort === null) {
    return (
      <th scope="col" class={className}>
        {title}
      </th>
    );
  }
  const isSorted = selection.sort === sort;
  const other = first === 'ascending' ? 'descending' : 'ascending';
  const order = isSorted && selection.isReversed ? other : first;
  const reversed = isSorted && !selection.isReversed ? 'reversed' : '';
  return (
    <th scope="col" class={className} aria-sort={isSorted ? order : undefined}>
      <button type="button" onClick={() => onSelect({ sort: sort === 'trouble' ? '' : sort, order: reversed })}>
        {title}
        <span class="sort-sign" aria-hidden="true">
          {isSorted ? (order === 'ascending' ? '↑' : '↓') : ''}
        </span>
      </button>
    </th>
  );
}

/** Up and down move between the groups' names, as in a list. */
function moveBetweenGroups(event: KeyboardEvent): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  if (!(event.currentTarget instanceof Element && event.target instanceof HTMLAnchorElement)) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('tbody a.name')];
  const here = links.indexOf(event.target);
  const link = links[here + (event.key === 'ArrowDown' ? 1 : -1)];
  if (here < 0 || link === undefined) return;
  event.preventDefault();
  link.focus();
}
