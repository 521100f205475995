import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { playStory, type Scene, STORY } from '../../../local/demo/story.ts';
import { messagesPerS } from '../../../local/demo/traffic.ts';

const SAMPLE_S = 5;
const at = (group: string, fault: string): number => {
  const scene = STORY.find((candidate) => candidate.group === group && candidate.fault === fault);
  if (scene === undefined) throw new Error(`no scene in which ${group} is ${fault}`);
  return scene.atS;
};

describe('the story', () => {
  test('leaves the first 38 s without trouble', () => {
    const early = STORY.filter(({ atS }) => atS < 38).map(({ fault }) => fault);
    expect(early).toEqual(['slowed']);
  });

  test('keeps the only consumer away for 60 s, and the poisoned one stuck for at least 90 s', () => {
    expect(at('orders-stopped', 'returned') - at('orders-stopped', 'killed')).toBe(60);
    expect(at('orders-stalled', 'healed') - at('orders-stalled', 'poisoned')).toBeGreaterThanOrEqual(90);
  });

  test('is told once in the first three minutes, and again five minutes later', () => {
    const ofTheRound = STORY.filter(({ group, atS }) => group !== 'orders-slow' && atS < 180);
    expect(ofTheRound.map(({ fault }) => fault)).toEqual(['killed', 'poisoned', 'burst', 'returned', 'healed']);
    expect(new Set(ofTheRound.map(({ everyS }) => everyS))).toEqual(new Set([300]));
  });

  test.each([
    ['orders-stopped', 'killed'],
    ['orders-stalled', 'poisoned'],
  ] as const)('%s is %s while messages come, for longer than until the next sample, in every round', (group, fault) => {
    for (let round = 0; round < 20; round += 1) {
      const faultS = at(group, fault) + round * 300;
      for (const laterS of [0, 1, 2, 3, 4, SAMPLE_S, SAMPLE_S + 1]) {
        expect(messagesPerS(group, faultS + laterS, true)).toBeGreaterThan(0);
      }
    }
  });
});

describe('playing it', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const SCENES: readonly Scene[] = [
    { group: 'orders-burst', fault: 'burst', atS: 10, everyS: 100, sentence: '' },
    { group: 'orders-stopped', fault: 'killed', atS: 40, everyS: 50, sentence: '' },
  ];

  function playFor(s: number): readonly [string, number][] {
    const startMs = performance.now();
    const played: [string, number][] = [];
    const stop = playStory(SCENES, ({ fault }) => played.push([fault, (performance.now() - startMs) / 1_000]));
    vi.advanceTimersByTime(s * 1_000);
    stop();
    vi.advanceTimersByTime(1_000_000);
    return played;
  }

  test('every scene comes on time, again and again, until it is stopped', () => {
    expect(playFor(145)).toEqual([
      ['burst', 10],
      ['killed', 40],
      ['killed', 90],
      ['burst', 110],
      ['killed', 140],
    ]);
  });
});
