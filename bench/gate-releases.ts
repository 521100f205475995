import { parseArgs } from 'node:util';
import { catalogue } from './releases/catalogue.ts';
import { JUDGES } from './releases/judges.ts';
import { type LabelledRelease, labelledSet } from './releases/labelled-set.ts';
import { visibleAtMinutes } from './releases/observable.ts';
import { simulateRelease } from './releases/simulate-release.ts';
import { classTable, count, emptyTally, SUMMARY_HEAD, summaryRow } from './releases/tally.ts';

/**
 * How good the gate's judgement is, beside what users would do instead: `--set DIR` takes recorded releases with
 * labels, otherwise `--each N` releases of every class are simulated. `--show` prints each that ours got wrong,
 * `--class TEXT` takes only classes with that text.
 */
const { values } = parseArgs({
  options: {
    set: { type: 'string' },
    each: { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
    class: { type: 'string', default: '' },
    show: { type: 'boolean', default: false },
  },
});

async function* releases(): AsyncGenerator<LabelledRelease> {
  if (values.set !== undefined) {
    yield* labelledSet(values.set);
    return;
  }
  for (const { name, scenario } of catalogue(Number(values.each), Number(values.seed))) {
    if (!name.includes(values.class)) continue;
    const simulated = simulateRelease(scenario);
    const visible = visibleAtMinutes(scenario, simulated);
    const truth = scenario.fault === null ? 'good' : visible === null ? 'blind' : 'bad';
    const { release, snapshots } = simulated;
    yield { name: name.replace(/^bad/, truth), truth, release, snapshots, visibleAtMinutes: visible };
  }
}

const tallies = new Map(Object.keys(JUDGES).map((judge) => [judge, emptyTally()]));
for await (const { name, truth, release, snapshots, visibleAtMinutes: visible } of releases()) {
  for (const [judge, tally] of tallies) {
    const answer = JUDGES[judge]?.(release, snapshots);
    if (answer === undefined) continue;
    count(tally, truth, name, answer);
    const wanted = truth === 'good' ? 'PROMOTE' : truth === 'bad' ? 'ROLLBACK' : answer.decision;
    if (values.show && judge === 'sluicegate' && answer.decision !== wanted) {
      const { decision, minutes, why } = answer;
      console.log(
        `${name}, ${release.strategy}, ${release.id}: ${decision} at ${minutes.toFixed(1)} min, visible at ${visible?.toFixed(1)}. ${why}`,
      );
    }
  }
}
const ours = tallies.get('sluicegate');
if (ours) console.log(classTable(ours));
console.log(`\n${SUMMARY_HEAD}`);
for (const [judge, tally] of tallies) console.log(summaryRow(judge, tally));
