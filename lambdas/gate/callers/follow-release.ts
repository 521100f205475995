import type { GateAnswer } from '../answer.ts';
import type { Gate, StartWish } from '../gate.ts';
import { releaseIdOf } from '../release-id.ts';

/**
 * For callers whose hooks begin a release and judge it: begun by whichever comes first, and by no other. A hook that
 * comes again, in whatever number, asks about the same release: it is never a new try.
 */
export async function begin(gate: Gate, wish: StartWish): Promise<GateAnswer> {
  return gate.start({ ...wish, requestId: wish.executionId });
}

/** Begins the release if no hook has, and judges it. */
export async function beginAndJudge(gate: Gate, wish: StartWish): Promise<GateAnswer> {
  await begin(gate, wish);
  return gate.judge({ releaseId: releaseIdOf(wish) });
}
