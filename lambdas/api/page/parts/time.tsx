import { serverNowMs, useNowMs } from '../shell/clock.ts';
import { ZONE } from '../shell/zone.ts';
import { agoText, sinceText } from '../words/durations.ts';
import { dayTimeText } from '../words/times.ts';

/** An instant in the reader's zone; the machine-readable form beside it. */
export const Instant = ({ atMs }: { readonly atMs: number }) => (
  <time dateTime={new Date(atMs).toISOString()} title={new Date(atMs).toISOString()}>
    {dayTimeText(atMs, serverNowMs(), ZONE)}
  </time>
);

/** `3 s ago`, counting up. */
export function Ago({ atMs }: { readonly atMs: number }) {
  return <>{agoText(atMs, useNowMs())}</>;
}

/** How long something lasts already, counting up. */
export function Since({ atMs }: { readonly atMs: number }) {
  return <>{sinceText(atMs, useNowMs())}</>;
}
