import { memoryHistoryStore } from '../../lambdas/adapters/memory/history-store.ts';
import { memoryReleaseLedger } from '../../lambdas/adapters/memory/release-ledger.ts';
import { DEFAULT_GATE_SETTINGS } from '../../lambdas/core/gate/settings.ts';
import type { Clock } from '../../lambdas/core/ports/clock.ts';
import type { HistoryStore } from '../../lambdas/core/ports/history-store.ts';
import type { ReleaseLedger } from '../../lambdas/core/ports/release-ledger.ts';
import { type Gate, openGate, type StartWish } from '../../lambdas/gate/gate.ts';
import type { Story } from './release-story.ts';
import { T0_MS } from './snapshots.ts';

const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 86_400_000;

/** A gate over memory, in which a story happens minute by minute. */
export interface GateWorld {
  readonly gate: Gate;
  readonly ledger: ReleaseLedger;
  readonly history: HistoryStore;
  /** What was told of failures that became no error. */
  readonly warnings: readonly string[];
  readonly clock: { nowMs(): number };
  /** Lets the story go on, up to this minute, its sample included. */
  until(minute: number): Promise<void>;
  /** The clock goes on, and no samples come. */
  silentUntil(minute: number): void;
  /** Takes the reading that the gate asks for. */
  takeAt(slotMs: number): Promise<void>;
  /** From now on this part fails, until it is null. */
  fail(part: 'history' | 'freshReading' | null): void;
}

const memoryLedger = (clock: Clock): ReleaseLedger => memoryReleaseLedger({ clock, retentionMs: YEAR_MS });

/** The story has happened up to its minute 0; its release is for the test to start. */
export async function aGateWorld(story: Story, ledgerOn = memoryLedger): Promise<GateWorld> {
  let nowMs = T0_MS - 41 * MINUTE_MS;
  let failing: 'history' | 'freshReading' | null = null;
  const clock = { nowMs: () => nowMs };
  const stored = memoryHistoryStore({ clock, retentionMs: YEAR_MS });
  const ledger = ledgerOn(clock);
  const warnings: string[] = [];
  const check = (part: 'history' | 'freshReading') => {
    if (failing === part) throw new Error(`${part} fails`);
  };
  const history: HistoryStore = {
    ...stored,
    async *readGroup(range) {
      check('history');
      yield* stored.readGroup(range);
    },
  };
  const takeAt = async (slotMs: number) => {
    check('freshReading');
    const now = story.snapshots.findLast(({ atMs }) => atMs <= nowMs);
    if (now !== undefined) await stored.append({ slotMs, snapshot: { ...now, atMs: slotMs } });
  };
  const world: GateWorld = {
    gate: openGate({
      ledger,
      history,
      freshReading: { take: ({ slotMs }) => takeAt(slotMs) },
      settings: DEFAULT_GATE_SETTINGS,
      clock,
      warn: (message) => warnings.push(message),
    }),
    ledger,
    history,
    warnings,
    clock,
    async until(minute) {
      const untilMs = T0_MS + minute * MINUTE_MS;
      for (const snapshot of story.snapshots) {
        if (snapshot.atMs > nowMs && snapshot.atMs <= untilMs) await stored.append({ slotMs: snapshot.atMs, snapshot });
      }
      nowMs = untilMs;
    },
    silentUntil: (minute) => {
      nowMs = T0_MS + minute * MINUTE_MS;
    },
    takeAt,
    fail: (part) => {
      failing = part;
    },
  };
  await world.until(0);
  return world;
}

/** A release as a script starts it: group "billing", whose new version's client ids begin with `new`. */
export const aStartWish = (part: Partial<StartWish> = {}): StartWish => ({
  cluster: 'prod',
  group: 'billing',
  strategy: 'canary',
  canary: { client: '^new', instance: null, host: null },
  deadlineMs: 30 * MINUTE_MS,
  policies: { onInconclusive: 'rollback', onBlind: 'rollback', onLowTraffic: 'rollback' },
  executionId: 'e-1',
  requestId: null,
  askedBy: { caller: 'direct', name: null },
  isRollback: false,
  ...part,
});
