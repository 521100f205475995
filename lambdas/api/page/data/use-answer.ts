import { useEffect, useRef, useState } from 'preact/hooks';
import { serverNowMs, setClockBy } from '../shell/clock.ts';
import { type Answered, NOT_YET, withAttempt } from './answered.ts';
import { type Asked, ask } from './ask.ts';

/** A question, and how long its answer may stand while another is asked. */
export interface Question {
  /** Null: nothing to ask yet. */
  readonly address: string | null;
  /** What it is about. While this stays, the old answer stands until the new one is there: no flicker. */
  readonly about: string;
  readonly everyMs: number;
}

/** Answers of places that were left: coming back shows them at once, and asks again. */
const LEFT = new Map<string, Answered<unknown>>();
const LEFT_AT_MOST = 12;

/** Asks the API again and again while the page is looked at, and keeps the last good answer. */
export function useAnswer<Answer extends { readonly nowMs: number }>(question: Question): Answered<Answer> {
  const { address, about, everyMs } = question;
  const [held, setHeld] = useState(() => ({ about, answered: leftOf<Answer>(about) }));
  const every = useRef(everyMs);
  every.current = everyMs;
  useEffect(() => {
    if (address === null) return;
    return askRepeatedly<Answer>(address, every, (asked) => {
      if (asked.kind === 'answered') setClockBy(asked.answer.nowMs);
      setHeld((before) => {
        const answered = withAttempt(
          before.about === about ? before.answered : leftOf<Answer>(about),
          asked,
          serverNowMs(),
        );
        keep(about, answered);
        return { about, answered };
      });
    });
  }, [address, about]);
  return held.about === about ? held.answered : leftOf(about);
}

const leftOf = <Answer>(about: string): Answered<Answer> =>
  (LEFT.get(about) as Answered<Answer> | undefined) ?? NOT_YET;

function keep(about: string, answered: Answered<unknown>): void {
  LEFT.delete(about);
  LEFT.set(about, answered);
  const [oldest] = LEFT.keys();
  if (LEFT.size > LEFT_AT_MOST && oldest !== undefined) LEFT.delete(oldest);
}

/** Returns how to stop. A hidden page asks nothing; once it is seen again, it asks at once. */
function askRepeatedly<Answer>(
  address: string,
  every: { readonly current: number },
  tell: (asked: Asked<Answer>) => void,
): () => void {
  const ended = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;
  const once = async (): Promise<void> => {
    if (isAsking || document.hidden) return;
    clearTimeout(timer);
    isAsking = true;
    const asked = await ask<Answer>(address, ended.signal);
    isAsking = false;
    if (ended.signal.aborted) return;
    tell(asked);
    timer = setTimeout(once, every.current);
  };
  document.addEventListener('visibilitychange', once, { signal: ended.signal });
  void once();
  return () => {
    ended.abort();
    clearTimeout(timer);
  };
}
