import type { Writable } from 'node:stream';
import { type CapacityWatch, watchCapacity } from '../lambdas/core/capacity/group-capacity.ts';
import type { ClusterReader } from '../lambdas/core/ports/cluster-reader.ts';
import { verdictsAtOneLook } from '../lambdas/core/status/one-look.ts';
import type { Ruleset, RulesetRun } from '../lambdas/core/status/ruleset.ts';
import type { GroupVerdict } from '../lambdas/core/status/verdict.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { describeFailure } from './failure.ts';
import { type ReadingPlan, readingsOf } from './readings.ts';
import { type ClusterReport, reportOf, type WatchedGroup } from './report/group-report.ts';
import { hasProblem, reportLines, type View } from './report/show.ts';

export interface Watch {
  readonly view: View;
  readonly ruleset: Ruleset;
  readonly plan: ReadingPlan;
  /** A terminal is drawn anew for each look; to anything else the looks are written one after the other. */
  readonly screen: Writable;
}

/** Looks again and again, the window in memory. The exit code is that of the last look. */
export async function watchCluster(reader: ClusterReader, { view, ruleset, plan, screen }: Watch): Promise<ExitCode> {
  const run = ruleset.begin(null);
  const capacity = view.group === null ? null : watchCapacity(view.group);
  let last: ClusterReport | null = null;
  let failed = false;
  for await (const attempt of readingsOf(reader, plan)) {
    failed = attempt.kind === 'failed';
    if (attempt.kind === 'failed') {
      process.stderr.write(`${describeFailure(attempt.error)} (looking again)\n`);
      continue;
    }
    const { snapshot } = attempt.reading;
    capacity?.observe(snapshot);
    const verdicts = decided(run.advance(snapshot), verdictsAtOneLook(snapshot));
    last = reportOf(snapshot, verdicts, watchedGroup(view, run, capacity));
    draw(screen, reportLines(last, view), { atMs: snapshot.atMs, view });
  }
  if (last !== null && hasProblem(last, view)) return EXIT.problemFound;
  return failed || (last?.snapshot.failures.length ?? 0) > 0 ? EXIT.couldNotRead : EXIT.fine;
}

function watchedGroup({ group }: View, run: RulesetRun, capacity: CapacityWatch | null): WatchedGroup | null {
  if (group === null || capacity === null) return null;
  const measures = run.measuresOf(group);
  return { capacity: capacity.advice(measures?.group), measures };
}

/**
 * The rules wait for what they learn over hours; whoever watches is there for minutes. So what a single look shows of a
 * group stands, trouble or that nothing is left to do, until the rules call it trouble themselves.
 */
function decided(judged: readonly GroupVerdict[], seen: readonly GroupVerdict[]): readonly GroupVerdict[] {
  const atOneLook = new Map(seen.map((verdict) => [verdict.group, verdict]));
  return judged.map((verdict) => {
    const look = atOneLook.get(verdict.group);
    if (look === undefined || isTrouble(verdict)) return verdict;
    return isTrouble(look) || (verdict.status === 'UNKNOWN' && look.status === 'OK') ? look : verdict;
  });
}

const isTrouble = ({ status }: GroupVerdict): boolean => status === 'ERR' || status === 'WARN';

const HOME_AND_CLEAR = '\u001b[H\u001b[J';
/** A line that is too long is cut: wrapped, it would push others off the screen. */
const WITHOUT_WRAPPING = { begin: '\u001b[?7l', end: '\u001b[?7h' };

function draw(
  screen: Writable,
  lines: readonly string[],
  { atMs, view }: { readonly atMs: number; readonly view: View },
): void {
  if (view.json) {
    screen.write(`${lines.join('\n')}\n`);
    return;
  }
  const page = [new Date(atMs).toISOString(), '', ...lines];
  const rows = 'rows' in screen && typeof screen.rows === 'number' ? screen.rows : null;
  if (rows === null) screen.write(`${page.join('\n')}\n\n`);
  else
    screen.write(
      `${HOME_AND_CLEAR}${WITHOUT_WRAPPING.begin}${fitting(page, rows - 1).join('\n')}\n${WITHOUT_WRAPPING.end}`,
    );
}

/** What does not fit would push the top out of sight, where the worst stands. */
function fitting(lines: readonly string[], rows: number): readonly string[] {
  if (lines.length <= rows) return lines;
  return [...lines.slice(0, rows - 1), `… ${lines.length - rows + 1} more lines: enlarge the terminal, or use --json`];
}
