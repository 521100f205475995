import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultRuleset } from '../../../../lambdas/core/status/default/default-ruleset.ts';
import { anySmallSnapshot } from '../../../builders/any-small-snapshot.ts';
import { MINUTE_MS } from '../../../builders/one-partition.ts';
import { T0_MS } from '../../../builders/snapshots.ts';

describe('a checkpoint', () => {
  test('carries on as if the run had never been cut', () => {
    fc.assert(
      fc.property(fc.array(anySmallSnapshot, { minLength: 1, maxLength: 60 }), fc.nat(), (parts, cut) => {
        const snapshots = parts.map((part, index) => ({ ...part, atMs: T0_MS + index * MINUTE_MS + part.atMs }));
        const straight = defaultRuleset().begin(null);
        let cutUp = defaultRuleset().begin(null);
        for (const [index, snapshot] of snapshots.entries()) {
          expect(cutUp.advance(snapshot)).toEqual(straight.advance(snapshot));
          if (index % (1 + (cut % 7)) === 0) cutUp = defaultRuleset().begin(asStored(cutUp.checkpoint()));
        }
        expect(cutUp.checkpoint()).toEqual(straight.checkpoint());
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
        const resumed = defaultRuleset().begin(asStored(run.checkpoint()));
        const byGroup = (verdicts: typeof last) => new Map(verdicts.map((verdict) => [verdict.group, verdict]));
        expect(byGroup(resumed.advance(late))).toEqual(byGroup(last));
        expect(run.advance(late)).toEqual(last);
      }),
    );
  });

  test.each([
    { why: 'another ruleset', checkpoint: { rules: 'burrow' }, says: '{"rules":"burrow"} instead of a list' },
    { why: 'another format', checkpoint: [99], says: 'format 99 instead of 1' },
    { why: 'nothing', checkpoint: [], says: 'format undefined instead of 1' },
    { why: 'a part that is missing', checkpoint: [1, T0_MS, 3, null], says: 'nothing instead of a list' },
    { why: 'a broken number', checkpoint: [1, T0_MS, 1, null, ['x'], [], []], says: '"x" instead of a number' },
    { why: 'columns too few', checkpoint: [1, T0_MS, 1, null, [0], [['t', [0, [], [[null]]]]], []], says: '0 columns' },
  ])('of $why is refused', ({ checkpoint, says }) => {
    expect(() => defaultRuleset().begin(checkpoint)).toThrow(
      expect.objectContaining({ code: 'STORE_CORRUPT', message: expect.stringContaining(says) }),
    );
  });
});

const asStored = <T>(checkpoint: T): T => JSON.parse(JSON.stringify(checkpoint)) as T;
