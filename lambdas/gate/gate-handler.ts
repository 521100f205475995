import * as z from 'zod';
import { defineHandler, type Handler } from '../adapters/lambda/define-handler.ts';
import { SluicegateError } from '../core/errors.ts';
import type { Caller } from './callers/caller.ts';
import { type Gate, type GateDependencies, openGate } from './gate.ts';

/** Tells what a caller was answered, of those that no invocation's result shows. */
export type Info = (message: string, facts: Readonly<Record<string, unknown>>) => void;

export interface GateHandlerDependencies extends Omit<GateDependencies, 'warn'> {
  /** Who may ask; the first one whose event it is answers. */
  readonly callersOf: (gate: Gate, warn: GateDependencies['warn'], info: Info) => readonly Caller[];
}

/**
 * Whatever asks → the one engine → an answer in the asker's words. An event is never logged: some hold credentials,
 * which its caller's parser drops.
 */
export const gateHandler = ({ callersOf, ...dependencies }: GateHandlerDependencies): Handler<unknown> =>
  defineHandler(z.unknown(), async (event, { log }) => {
    const warn = (message: string, error: unknown) => log.warn(message, { error: error as Error });
    const gate = openGate({ ...dependencies, warn });
    const caller = callersOf(gate, warn, (message, facts) => log.info(message, facts)).find(({ isMine }) =>
      isMine(event),
    );
    if (caller === undefined) {
      throw new SluicegateError(
        'EVENT_INVALID',
        'the gate was invoked with an event of no caller that it knows: docs/gate.md lists them; a direct invoke has an "action"',
      );
    }
    log.info('asked', { caller: caller.name });
    return caller.answer(event);
  });
