import { SluicegateError } from '../../lambdas/core/errors.ts';
import type { Decision } from '../../lambdas/core/gate/judgement.ts';
import type { GateAnswer } from '../../lambdas/gate/answer.ts';
import type { Gate } from '../../lambdas/gate/gate.ts';
import { T0_MS } from './snapshots.ts';

/** What the gate says when it is asked; `ours`: it fails, and may work the next time. `theirs`: it can't. */
export type Said = Decision | 'ours' | 'theirs';

export const anAnswer = (decision: Decision): GateAnswer => ({
  releaseId: 'billing-1',
  attempt: 1,
  decision,
  reasons: [{ code: 'CODE', numbers: { seen: 7, needed: 10 }, sentence: '7 of 10 seen' }],
  retryAfterSeconds: decision === 'CONTINUE' ? 30 : null,
  elapsedRatio: 0.5,
});

/** A gate that says what it is told to, and a clock beside it; what was asked of it is kept. */
export function scriptedGate(said: Said = 'CONTINUE') {
  const script = { said, nowMs: T0_MS };
  const asked: { readonly what: string; readonly with: unknown }[] = [];
  const answered = async (what: keyof Gate, input: unknown, decision: Said): Promise<GateAnswer> => {
    asked.push({ what, with: input });
    if (decision === 'ours') throw new SluicegateError('STORE_UNREACHABLE', 'no answer');
    if (decision === 'theirs') throw new SluicegateError('RELEASE_UNKNOWN', 'there is no such release');
    return anAnswer(decision);
  };
  const gate: Gate = {
    preflight: async () => ({ isReady: true, problems: [], warnings: [] }),
    start: (wish) =>
      answered('start', wish, script.said === 'ours' || script.said === 'theirs' ? script.said : 'CONTINUE'),
    judge: (name) => answered('judge', name, script.said),
    async follow(name, canary) {
      await answered('follow', { name, canary }, 'CONTINUE');
    },
    finish: (name) => answered('finish', name, 'PROMOTE'),
  };
  return {
    gate,
    asked,
    clock: { nowMs: () => script.nowMs },
    say(next: Said) {
      script.said = next;
    },
    wait(ms: number) {
      script.nowMs += ms;
    },
  };
}

/** What was told on the side: to be looked at for what must not stand there. */
export function toldAside() {
  const lines: string[] = [];
  return {
    lines,
    warn: (message: string, error: unknown) =>
      void lines.push(`${message} ${error instanceof Error ? error.stack : error}`),
    info: (message: string, facts: object) => void lines.push(`${message} ${JSON.stringify(facts)}`),
  };
}
