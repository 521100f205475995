import type { DemoGroup } from './groups.ts';

export type FaultName = 'killed' | 'returned' | 'poisoned' | 'healed' | 'burst' | 'slowed' | 'helped';

/** Something that is done to one of the demo's own consumers, over and over. */
export interface Scene {
  readonly group: DemoGroup;
  readonly fault: FaultName;
  /** Seconds after the start, the first time. */
  readonly atS: number;
  /** Seconds from one time to the next. */
  readonly everyS: number;
  readonly sentence: string;
}

/** Faults come again after five minutes, so that whoever looks later sees them too. */
const CYCLE_S = 300;
/** The slow consumer is left alone for half an hour; then it catches up, or its backlog would outlive retention. */
const SLOW_CYCLE_S = 2_400;

/**
 * What happens when. The first 38 s are quiet, the whole first round is told in three minutes, and every fault that
 * stops a consumer falls into a wave of messages (traffic.ts): only waiting work makes it a fault.
 */
export const STORY: readonly Scene[] = [
  scene('orders-slow', 'slowed', 8, 'from now on messages come faster than its consumer can handle them', SLOW_CYCLE_S),
  scene('orders-stopped', 'killed', 40, 'its only consumer is killed (kill -9)'),
  scene('orders-stalled', 'poisoned', 50, 'its consumer meets a message that it cannot digest, and keeps trying'),
  scene('orders-burst', 'burst', 75, '1,500 messages come at once; the consumer needs about 20 s for them'),
  scene('orders-stopped', 'returned', 100, 'its consumer is started again'),
  scene('orders-stalled', 'healed', 150, 'its consumer sets the message aside and goes on'),
  scene('orders-burst', 'burst', 225, '1,500 messages come at once; the consumer needs about 20 s for them'),
  scene('orders-slow', 'helped', 1_800, 'its consumer gets more hands and catches up', SLOW_CYCLE_S),
];

function scene(group: DemoGroup, fault: FaultName, atS: number, sentence: string, everyS = CYCLE_S): Scene {
  return { group, fault, atS, everyS, sentence };
}

/** Plays the scenes from now on, each on time. Returns what ends it. */
export function playStory(scenes: readonly Scene[], act: (scene: Scene) => void): () => void {
  const startMs = performance.now();
  const timers = new Map<Scene, NodeJS.Timeout>();
  const schedule = (next: Scene, atS: number): void => {
    const play = () => {
      schedule(next, atS + next.everyS);
      act(next);
    };
    // Counted from the start: a late timer does not put off the next round.
    timers.set(next, setTimeout(play, startMs + atS * 1_000 - performance.now()));
  };
  for (const next of scenes) schedule(next, next.atS);
  return () => {
    for (const timer of timers.values()) clearTimeout(timer);
  };
}
