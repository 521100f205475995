import { expect, test } from 'vitest';
import { aGateWorld, aStartWish } from '../builders/gate-world.ts';
import { aReleaseStory, type Frame } from '../builders/release-story.ts';

const HALF_AN_HOUR_MS = 1_800_000;

const asked = (part: object = {}) =>
  ({ cluster: 'prod', group: 'billing', strategy: 'canary', deadlineMs: HALF_AN_HOUR_MS, ...part }) as const;

async function worldOf({
  from = -40,
  twist,
}: {
  readonly from?: number;
  readonly twist?: (frame: Frame) => void;
} = {}) {
  return aGateWorld(aReleaseStory({ from }, twist));
}

const codes = (reasons: readonly { readonly code: string }[]) => reasons.map(({ code }) => code);

test('a group that is seen, has members, traffic and a past is ready', async () => {
  const { gate } = await worldOf();
  expect(await gate.preflight(asked())).toEqual({ isReady: true, problems: [], warnings: [] });
});

test('a group that no sample shows, or none of late, is not', async () => {
  const world = await worldOf();
  expect(codes((await world.gate.preflight(asked({ group: 'biling' }))).problems)).toEqual(['GROUP_NOT_SEEN']);
  world.silentUntil(6);
  const { isReady, problems } = await world.gate.preflight(asked());
  expect(isReady).toBe(false);
  expect(problems).toMatchObject([{ code: 'GROUP_NOT_SEEN', numbers: { blindMs: 360_000 } }]);
});

test('without members there is nothing to compare with, but where all is stopped first', async () => {
  const { gate } = await worldOf({
    twist: (frame) => {
      frame.members = [];
    },
  });
  expect(codes((await gate.preflight(asked())).problems)).toEqual(['NO_MEMBERS']);
  expect((await gate.preflight(asked({ strategy: 'stop' }))).isReady).toBe(true);
});

test('an open release is in the way', async () => {
  const { gate } = await worldOf();
  await gate.start(aStartWish());
  expect(codes((await gate.preflight(asked())).problems)).toEqual(['RELEASE_OPEN']);
});

test('too little traffic for the deadline, and too short a past, are told before', async () => {
  const { gate } = await worldOf({
    from: -5,
    twist: (frame) => {
      frame.committed = [1_000_000 + Math.floor((frame.minute + 40) / 5), 1, 1, 1];
    },
  });
  const { isReady, warnings } = await gate.preflight(asked());
  expect(isReady).toBe(true);
  expect(warnings).toMatchObject([
    { code: 'PAST_UNKNOWN', numbers: { samples: 6, wanted: 10 } },
    { code: 'TOO_LITTLE_TRAFFIC', numbers: { messages: 6, wanted: 30 } },
  ]);
});
