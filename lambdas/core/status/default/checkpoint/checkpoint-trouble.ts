import { listOf } from '../../checkpoint-values.ts';
import type { Checkpoint } from '../../ruleset.ts';
import { newTrouble, type Trouble } from '../trouble.ts';
import { idAt, indexIn } from './columns.ts';
import { numbers, parseRows, renderRows, times } from './fields.ts';

const FIELDS = [
  ...times<Trouble>('heldUntilMs'),
  ...numbers<Trouble>('open', 'advances', 'lagPeakMessages', 'highWaterOffset', 'skippedMessages'),
];
const FRESH = newTrouble(null);

/** What the open rules of one partition remember. */
export const renderTrouble = (trouble: Trouble, ids: readonly string[], atMs: number): Checkpoint => [
  indexIn(ids, trouble.ownerAtOpen),
  renderRows([trouble], { fields: FIELDS, fresh: FRESH, atMs }),
];

/** The opposite. */
export function parseTrouble(value: Checkpoint | undefined, ids: readonly string[], atMs: number): Trouble {
  const [owner, columns] = listOf(value, (part) => part);
  const trouble = newTrouble(idAt(ids, owner));
  parseRows(columns, [trouble], { fields: FIELDS, atMs });
  return trouble;
}
