import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultRuleset } from '../../../../lambdas/core/status/default/default-ruleset.ts';
import { anySmallSnapshot } from '../../../builders/any-small-snapshot.ts';
import { aBusySnapshot } from '../../../builders/busy-cluster.ts';
import { MINUTE_MS } from '../../../builders/one-partition.ts';
import { aSnapshot, T0_MS } from '../../../builders/snapshots.ts';

describe('a checkpoint', { timeout: 30_000 }, () => {
  test('carries on as if the run had never been cut', () => {
    fc.assert(
      fc.property(fc.array(anySmallSnapshot, { minLength: 1, maxLength: 60 }), fc.nat(), (parts, cut) => {
        const snapshots = parts.map((part, index) => ({ ...part, atMs: T0_MS + index * MINUTE_MS + part.atMs }));
        const straight = defaultRuleset().begin(null);
        let cutUp = defaultRuleset().begin(null);
        for (const [index, snapshot] of snapshots.entries()) {
          expect(cutUp.advance(snapshot)).toEqual(straight.advance(snapshot));
          if (index % (1 + (cut % 7)) === 0) {
            cutUp = defaultRuleset().begin({ checkpoint: cutUp.checkpoint(snapshot), last: snapshot });
          }
        }
        const [last = aSnapshot()] = snapshots.slice(-1);
        expect(cutUp.checkpoint(last)).toEqual(straight.checkpoint(last));
      }),
    );
  });

  test('repeats the last verdicts for a snapshot that it has seen', () => {
    fc.assert(
      fc.property(fc.array(anySmallSnapshot, { minLength: 1, maxLength: 20 }), (parts) => {
        const snapshots = parts.map((part, index) => ({ ...part, atMs: T0_MS + index * MINUTE_MS }));
        const run = defaultRuleset().begin(null);
        const last = snapshots.map((snapshot) => run.advance(snapshot)).at(-1) ?? [];
        const [late] = snapshots;
        if (late === undefined) throw new Error('there is a snapshot');
        const resumed = defaultRuleset().begin({ checkpoint: run.checkpoint(late), last: late });
        const byGroup = (verdicts: typeof last) => new Map(verdicts.map((verdict) => [verdict.group, verdict]));
        expect(byGroup(resumed.advance(late))).toEqual(byGroup(last));
        expect(run.advance(late)).toEqual(last);
      }),
    );
  });

  describe('that is damaged', () => {
    const snapshots = Array.from({ length: 40 }, (_, minute) => aBusySnapshot(minute));
    const run = defaultRuleset().begin(null);
    for (const snapshot of snapshots) run.advance(snapshot);
    const [last = aSnapshot()] = snapshots.slice(-1);
    const whole = run.checkpoint(last);

    test('is refused wherever it is cut off, and when something is added', () => {
      for (let length = 0; length < whole.length; length += 1) {
        expect(() => defaultRuleset().begin({ checkpoint: whole.subarray(0, length), last })).toThrow(corrupt);
      }
      expect(() => defaultRuleset().begin({ checkpoint: Buffer.concat([whole, Buffer.of(0)]), last })).toThrow(corrupt);
    });

    test('says which format it has when that is another', () => {
      const checkpoint = Uint8Array.from(whole);
      checkpoint[0] = 9;
      expect(() => defaultRuleset().begin({ checkpoint, last })).toThrow(
        /columns of format 9, and this release reads 5/,
      );
    });

    test('with any bit flipped fails with a code or reads as something, and never hangs or grows', () => {
      fc.assert(
        fc.property(fc.nat({ max: whole.length * 8 - 1 }), (bit) => {
          const checkpoint = Uint8Array.from(whole);
          checkpoint[bit >> 3] = (checkpoint[bit >> 3] ?? 0) ^ (1 << (bit & 7));
          try {
            defaultRuleset().begin({ checkpoint, last });
          } catch (error) {
            expect(error).toEqual(corrupt);
          }
        }),
      );
    });
  });
});

const corrupt = expect.objectContaining({ code: 'STORE_CORRUPT' });
