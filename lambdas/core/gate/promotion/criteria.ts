import type { Criterion } from './criterion.ts';
import { handledEnough } from './handled-enough.ts';
import { inPlace } from './in-place.ts';
import { lagNoWorse } from './lag-no-worse.ts';
import { lagNotRising } from './lag-not-rising.ts';
import { loadSeen } from './load-seen.ts';
import { noUnclearJump } from './no-unclear-jump.ts';
import { pastKnown } from './past-known.ts';
import { seenLately } from './seen-lately.ts';

/** All of them must be met: promotion is earned, it is not the absence of a reason to roll back. */
export const CRITERIA: readonly Criterion[] = [
  inPlace,
  pastKnown,
  seenLately,
  handledEnough,
  lagNoWorse,
  lagNotRising,
  noUnclearJump,
  loadSeen,
];
