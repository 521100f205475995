import { parseArgs } from 'node:util';
import { catalogue } from './catalogue.ts';
import { type Answer, JUDGES } from './judges.ts';
import { type LabelledRelease, labelledSet } from './labelled-set.ts';
import { visibleAtMinutes } from './observable.ts';
import { simulateRelease } from './simulate-release.ts';
import { classTable, count, emptyTally, SUMMARY_HEAD, summaryRow, type Truth } from './tally.ts';

const OURS = 'sluicegate';

/**
 * How good the gate's judgement is, beside what users would do instead: `--set DIR` takes recorded releases with
 * labels, otherwise `--each N` releases of every class are simulated, others for another `--seed`. `--show` prints each
 * that ours got wrong, `--class TEXT` takes only classes with that text.
 */
export async function benchGate(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      set: { type: 'string' },
      each: { type: 'string', default: '8' },
      seed: { type: 'string', default: '1' },
      class: { type: 'string', default: '' },
      show: { type: 'boolean', default: false },
    },
  });
  const releases =
    values.set === undefined
      ? simulated(Number(values.each), Number(values.seed), values.class)
      : labelledSet(values.set);
  const tallies = new Map(Object.keys(JUDGES).map((judge) => [judge, emptyTally()]));
  for await (const release of releases) {
    for (const [judge, tally] of tallies) {
      const answer = JUDGES[judge]?.(release.release, release.snapshots);
      if (answer === undefined) continue;
      count(tally, release, answer);
      if (values.show && judge === OURS && isWrong(release, answer)) console.log(tellOf(release, answer));
    }
  }
  console.log(classTable(tallies.get(OURS) ?? emptyTally()));
  console.log(`\n${SUMMARY_HEAD}`);
  for (const [judge, tally] of tallies) console.log(summaryRow(judge, tally));
}

function* simulated(perClass: number, seed: number, only: string): Generator<LabelledRelease> {
  for (const { name, scenario } of catalogue(perClass, seed)) {
    if (!name.includes(only)) continue;
    const outcome = simulateRelease(scenario);
    const visible = visibleAtMinutes(scenario, outcome);
    const truth = scenario.fault === null ? 'good' : truthOfFault(visible);
    const { release, snapshots } = outcome;
    yield { name: name.replace(/^bad/, truth), truth, release, snapshots, visibleAtMinutes: visible };
  }
}

/** No fault of the recorded releases took longer to show under a load that came back. */
const LATE_MINUTES = 20;

function truthOfFault(visibleAtMinutes: number | null): Truth {
  if (visibleAtMinutes === null) return 'blind';
  return visibleAtMinutes > LATE_MINUTES ? 'late' : 'bad';
}

/** Of what can't be seen, no answer is wrong. */
function isWrong({ truth }: LabelledRelease, { decision }: Answer): boolean {
  if (truth === 'blind' || truth === 'late') return false;
  return decision !== (truth === 'good' ? 'PROMOTE' : 'ROLLBACK');
}

function tellOf({ name, release, visibleAtMinutes: visible }: LabelledRelease, answer: Answer): string {
  const seen = visible === null ? '' : `, visible at ${visible.toFixed(1)} min`;
  const { decision, minutes, why } = answer;
  return `${name}, ${release.strategy}, ${release.id}: ${decision} at ${minutes.toFixed(1)} min${seen}. ${why}`;
}
