import { describe, expect, test } from 'vitest';
import { type Pipeline, runPipeline } from '../../../local/demo/pipeline.ts';

type Event = Readonly<Record<string, unknown>>;
type Decided = Parameters<Pipeline['decided']>[0];

/** What happens in order, with a gate that answers from a list; an error in it is thrown. */
async function play(answers: readonly (object | Error)[]) {
  const happened: string[] = [];
  const decisions: Decided[] = [];
  const left = [...answers];
  const askGate = async (event: object) => {
    const { action, releaseId } = event as Event;
    happened.push(releaseId === undefined ? `${action}` : `${action} ${releaseId}`);
    const answer = left.shift();
    if (answer instanceof Error) throw answer;
    return { releaseId: 'r-1', ...answer };
  };
  const ended = await runPipeline({
    group: 'payments-bad',
    executionId: 'demo-1',
    deployment: {
      deploy: async () => void happened.push('deploy'),
      withdraw: async () => void happened.push('withdraw'),
    },
    askGate,
    wait: async (ms) => void happened.push(`wait ${ms}`),
    decided: (decision) => decisions.push(decision),
  }).then(
    () => 'ended',
    (error: unknown) => error,
  );
  return { happened, decisions, ended };
}

const GOES_ON = { decision: 'CONTINUE', reasons: [], retryAfterSeconds: 3 };
const REASON = { code: 'STALLED', sentence: 'payments.bad-2 has not moved' };

describe('a pipeline of the demo', () => {
  test('deploys after the marker is taken, asks as often as the gate wants, and leaves a promoted canary', async () => {
    const promoted = { decision: 'PROMOTE', reasons: [REASON] };
    const { happened, decisions } = await play([GOES_ON, GOES_ON, GOES_ON, promoted]);
    expect(happened).toEqual(['start', 'deploy', 'judge r-1', 'wait 3000', 'judge r-1', 'wait 3000', 'judge r-1']);
    expect(decisions).toEqual([{ release: 'r-1', group: 'payments-bad', decision: 'PROMOTE', reasons: [REASON] }]);
  });

  test.each(['ROLLBACK', 'INCONCLUSIVE'])('takes the canary away after %s', async (decision) => {
    const { happened, decisions } = await play([GOES_ON, { decision, reasons: [REASON] }]);
    expect(happened).toEqual(['start', 'deploy', 'judge r-1', 'withdraw']);
    expect(decisions).toMatchObject([{ decision }]);
  });

  test('runs a step again that failed', async () => {
    const { happened } = await play([new Error('SNAPSHOT_FAILED'), GOES_ON, { decision: 'PROMOTE', reasons: [] }]);
    expect(happened).toEqual(['start', 'wait 2000', 'start', 'deploy', 'judge r-1']);
  });

  test('gives up a step that keeps failing, before anything is deployed', async () => {
    const { happened, ended } = await play([new Error('one'), new Error('two'), new Error('three')]);
    expect(happened).toEqual(['start', 'wait 2000', 'start', 'wait 2000', 'start']);
    expect(ended).toEqual(new Error('three'));
  });
});
