import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEMO_GROUP_NAMES } from '../../../local/demo/groups.ts';
import { messagesPerS, QUIET_S, SLOW_CAPACITY_PER_S } from '../../../local/demo/traffic.ts';

const SAMPLE_S = 5;
const SAMPLES = 10;
/** From the last message of a wave until it is read and committed: one answer and one commit, a second each. */
const SETTLE_S = 2;

const anyStartS = fc.double({ min: QUIET_S, max: 3_600, noNaN: true });

const tenSamplesFrom = (startS: number) => Array.from({ length: SAMPLES }, (_, index) => startS + index * SAMPLE_S);

test('nothing comes in the first seconds, whatever the group', () => {
  for (const group of DEMO_GROUP_NAMES) expect(messagesPerS(group, QUIET_S - 0.01, true)).toBe(0);
});

test.each(DEMO_GROUP_NAMES)('ten samples of %s always find one with nothing left to do, unless it is slow', (group) => {
  const isPauseAt = (atS: number) =>
    [0, SETTLE_S / 2, SETTLE_S].every((agoS) => messagesPerS(group, atS - agoS, false) === 0);
  fc.assert(fc.property(anyStartS, (startS) => tenSamplesFrom(startS).some(isPauseAt)));
});

test('the slow group’s backlog grows from any moment to half a minute later', () => {
  fc.assert(fc.property(anyStartS, (startS) => growth(startS, startS + 35) > 100));
});

test('yet ten samples always find it fall once by more than a commit’s worth, which is all that Burrow asks', () => {
  fc.assert(
    fc.property(anyStartS, (startS) => {
      const falls = tenSamplesFrom(startS)
        .slice(1)
        .map((atS) => -growth(atS - SAMPLE_S, atS));
      expect(Math.max(...falls)).toBeGreaterThan(SLOW_CAPACITY_PER_S);
    }),
  );
});

/** Messages that a partition of the slow topic gets beyond what its consumer handles. */
function growth(fromS: number, toS: number): number {
  const stepS = 0.05;
  let messages = 0;
  for (let atS = fromS; atS < toS; atS += stepS) {
    messages += (messagesPerS('orders-slow', atS, true) - SLOW_CAPACITY_PER_S) * stepS;
  }
  return messages;
}
