import * as z from 'zod';
import type { AskLater } from '../../core/ports/ask-later.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Policy } from '../../core/release/policies.ts';
import { type GateAnswer, reasonsText } from '../answer.ts';
import { parsed } from '../request.ts';
import { type Caller, hasKey } from './caller.ts';
import { isTheirs } from './codepipeline-answer.ts';

/** How long failures of ours are waited out: longer than AWS's usual bad moments. */
export const PATIENCE_MS = 10 * 60_000;

/** The scheduler fires to the minute. */
const PAUSE_MS = 60_000;

/** One question about an event that its sender sends once; number 0 is the event itself. */
const question = z.strictObject({
  event: z.unknown(),
  number: z.int().min(0),
  failingSinceMs: z.number().nullable(),
});
type Question = z.output<typeof question>;

/** What a caller is told: that it may go on, must go back, shall wait, or that a human has to say. */
export interface Told {
  readonly decision: GateAnswer['decision'];
  readonly summary: string;
}

/** A caller that sends an event once and then waits for a call. */
export interface WaitingCaller<Event> {
  readonly name: string;
  isMine(event: unknown): boolean;
  /** Throws EVENT_INVALID. Null: an event that nobody waits behind. */
  parse(event: unknown): Event | null;
  /** The wait that the event is about, by what names it for good. */
  keyOf(event: Event): string;
  ask(event: Event): Promise<GateAnswer | 'goOn'>;
  tell(event: Event, decision: 'PROMOTE' | 'ROLLBACK', summary: string): Promise<void>;
  /** What it comes to when we fail for good. `manual`: nothing is told. */
  policyOf(event: Event): Promise<Policy>;
  /** The same when the wiring is wrong, which no patience mends. */
  readonly onMistake: 'rollback' | 'manual';
}

export interface AskAgainParts {
  readonly later: AskLater;
  readonly clock: Clock;
  readonly warn: (message: string, error: unknown) => void;
  readonly info: (message: string, facts: Readonly<Record<string, unknown>>) => void;
}

/** Has such a caller's event come back, a minute later, until there is a decision. */
export const askedAgain = <Event>(caller: WaitingCaller<Event>, parts: AskAgainParts): Caller => ({
  name: caller.name,
  isMine: (input) => caller.isMine(questionIn(input).event),
  async answer(input) {
    const asked = questionIn(input);
    const event = caller.parse(asked.event);
    if (event === null) return;
    const told = await askedOnce(caller, { event, asked, parts });
    parts.info('told', { caller: caller.name, asked: asked.number, ...told });
    if (told.decision === 'PROMOTE' || told.decision === 'ROLLBACK') {
      await caller.tell(event, told.decision, told.summary);
    }
  },
});

async function askedOnce<Event>(
  caller: WaitingCaller<Event>,
  { event, asked, parts }: { readonly event: Event; readonly asked: Question; readonly parts: AskAgainParts },
): Promise<Told> {
  const nowMs = parts.clock.nowMs();
  const askNext = (failingSinceMs: number | null) =>
    parts.later.ask({
      name: `${caller.name} ${caller.keyOf(event)} ${asked.number + 1}`,
      atMs: nowMs + PAUSE_MS,
      event: { askAgain: { event: asked.event, number: asked.number + 1, failingSinceMs } },
    });
  try {
    const answer = await caller.ask(event);
    if (answer === 'goOn') return { decision: 'PROMOTE', summary: 'the release has been started' };
    if (answer.decision === 'CONTINUE') await askNext(null);
    return { decision: answer.decision, summary: `${answer.decision}: ${reasonsText(answer.reasons)}` };
  } catch (error) {
    parts.warn(`${caller.name} could not be answered`, error);
    const summary = `INCONCLUSIVE: the gate could not judge (${error instanceof Error ? error.message : error})`;
    if (isTheirs(error)) return { decision: DECISION_OF[caller.onMistake], summary };
    const failingSinceMs = asked.failingSinceMs ?? nowMs;
    if (nowMs - failingSinceMs >= PATIENCE_MS) return { decision: DECISION_OF[await caller.policyOf(event)], summary };
    await askNext(failingSinceMs);
    return { decision: 'CONTINUE', summary };
  }
}

const DECISION_OF = { rollback: 'ROLLBACK', promote: 'PROMOTE', manual: 'INCONCLUSIVE' } as const;

const questionIn = (input: unknown): Question =>
  hasKey(input, 'askAgain')
    ? parsed(z.strictObject({ askAgain: question }), input).askAgain
    : { event: input, number: 0, failingSinceMs: null };
