import { Command, Option } from 'commander';
import { STDIN } from '../lambdas/adapters/ndjson/input.ts';
import { readReplayPieces } from '../lambdas/adapters/ndjson/read-replay.ts';
import { renderNotice, renderVerdict } from '../lambdas/adapters/ndjson/verdict-line.ts';
import type { ClusterSnapshot } from '../lambdas/core/cluster/snapshot.ts';
import { SluicegateError } from '../lambdas/core/errors.ts';
import { DEFAULT_GATE_SETTINGS, type GateSettings } from '../lambdas/core/gate/settings.ts';
import type { IncidentRecord } from '../lambdas/core/incident/incident.ts';
import type { IncidentSettings } from '../lambdas/core/incident/incident-settings.ts';
import { silenceAt } from '../lambdas/core/incident/silence.ts';
import { stepCluster } from '../lambdas/core/incident/step-cluster.ts';
import { RULESET_NAMES, type Ruleset, type RulesetRun } from '../lambdas/core/status/ruleset.ts';
import { rulesetNamed } from '../lambdas/core/status/rulesets.ts';
import type { GroupVerdict } from '../lambdas/core/status/verdict.ts';
import { withExamples } from './examples.ts';
import { type LineWriter, lineWriter } from './output.ts';
import { type ReleaseJudge, releaseJudge } from './release-judge.ts';

interface Options {
  readonly ruleset?: string;
  readonly config?: string;
  readonly notices?: boolean;
}

/** `sluicegate replay`: recorded snapshots in, statuses and the gate's decisions out. */
export function replayCommand(): Command {
  const command = new Command('replay')
    .description('judge recorded snapshots: NDJSON, plain or gzip, in; a line of status per snapshot and group out')
    .argument('[file...]', 'recordings, one after the other; - is standard input', [STDIN])
    .addOption(new Option('--ruleset <name>', 'the rules to judge by').choices(RULESET_NAMES))
    .option('--config <file>', 'take ruleset, objectives, notice and gate settings from a sluicegate.config.json')
    .option('--notices', 'also print the notices that would have been sent')
    .option('--json', 'the output is JSON in any case; taken so that every command has it')
    .action(async (files: readonly string[], options: Options) => {
      if (files.includes(STDIN) && process.stdin.isTTY) {
        throw new SluicegateError('USAGE_INVALID', 'which recording? name its files, or pipe one in');
      }
      const settings = await settingsOf(options);
      const out = lineWriter(process.stdout);
      try {
        const isEmpty = !(await replay(files, settings, out));
        if (isEmpty) process.stderr.write('nothing was judged: there is no snapshot in the input\n');
      } finally {
        await out.flush();
      }
    });
  return withExamples(command, [
    ['what state was every group in, minute by minute', 'replay yesterday.ndjson.gz'],
    ['when did it begin', 'replay yesterday.ndjson.gz | grep -m1 \'"status":"ERR"\''],
    ['what would have been sent, by the rules of Burrow', 'replay --ruleset burrow --notices - < recording.ndjson'],
  ]);
}

interface Settings {
  readonly rulesetOf: (cluster: string) => Ruleset;
  /** Null: no notices are wanted. */
  readonly notices: IncidentSettings | null;
  readonly gate: GateSettings;
}

async function settingsOf({ ruleset, config: file, notices = false }: Options): Promise<Settings> {
  const usual = rulesetNamed(ruleset ?? 'default');
  if (file === undefined && !notices) {
    return { rulesetOf: () => usual, notices: null, gate: DEFAULT_GATE_SETTINGS };
  }
  // Only now: the schema library takes longer to load than a short replay takes.
  const [{ readConfig }, { noticeDefaults }, { configuredRuleset }, { configuredGate }] = await Promise.all([
    import('./config-file.ts'),
    import('../lambdas/config/config.ts'),
    import('../lambdas/config/configured-ruleset.ts'),
    import('../lambdas/config/configured-gate.ts'),
  ]);
  if (file === undefined) {
    return { rulesetOf: () => usual, notices: noticeDefaults(), gate: DEFAULT_GATE_SETTINGS };
  }
  const config = await readConfig(file);
  return {
    rulesetOf: (cluster) => (ruleset === undefined ? configuredRuleset(config, cluster) : usual),
    notices: notices ? config.notices : null,
    gate: configuredGate(config),
  };
}

/** One cluster's rules, and the incidents that they have led to. */
interface ClusterReplay {
  readonly run: RulesetRun;
  readonly incidents: Map<string | null, IncidentRecord>;
}

/**
 * Judges every snapshot in the order of the input, each cluster for itself; what a snapshot leads to is written before
 * the next is read. False: there was no snapshot.
 */
async function replay(files: readonly string[], settings: Settings, out: LineWriter): Promise<boolean> {
  const clusters = new Map<string, ClusterReplay>();
  const gate = releaseJudge(settings.gate);
  for await (const lines of readReplayPieces(files)) {
    for (const { line } of lines) {
      if (line.kind === 'release') {
        await gate.open(line.release);
        continue;
      }
      const { snapshot } = line;
      const cluster = clusters.get(snapshot.cluster) ?? {
        run: settings.rulesetOf(snapshot.cluster).begin(null),
        incidents: new Map(),
      };
      clusters.set(snapshot.cluster, cluster);
      for (const told of linesOf(snapshot, cluster, gate, settings)) {
        const slow = out.write(told);
        if (slow !== null) await slow;
      }
    }
  }
  return clusters.size > 0;
}

/** What one snapshot leads to: a line for each group, for each open release, and for each notice if those are wanted. */
function* linesOf(
  snapshot: ClusterSnapshot,
  cluster: ClusterReplay,
  gate: ReleaseJudge,
  { notices }: Settings,
): Generator<string> {
  const verdicts = cluster.run.advance(snapshot);
  for (const verdict of verdicts) {
    yield renderVerdict({ atMs: snapshot.atMs, cluster: snapshot.cluster, verdict });
  }
  yield* gate.observe(snapshot);
  if (notices === null) return;
  for (const notice of noticesOf(cluster, snapshot, verdicts, notices)) yield renderNotice(notice);
}

/** What a sample means for its cluster's incidents. The recorded time stands for the slot. */
function noticesOf(
  { incidents }: ClusterReplay,
  snapshot: ClusterSnapshot,
  verdicts: readonly GroupVerdict[],
  settings: IncidentSettings,
): IncidentRecord['outbox'] {
  const isSilent = silenceAt({ quiet: settings.quiet, mutes: [] }, snapshot);
  const steps = stepCluster(incidents, { slotMs: snapshot.atMs, snapshot, verdicts }, settings, isSilent);
  for (const record of steps) incidents.set(record.group, { ...record, outbox: [] });
  return steps.flatMap(({ outbox }) => outbox);
}
