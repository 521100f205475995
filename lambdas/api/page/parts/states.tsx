import type { ComponentChildren } from 'preact';
import type { Answered } from '../data/answered.ts';
import { Instant } from './time.tsx';

/** Nothing to show, and why that is. */
export const Empty = ({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) => (
  <div class="empty">
    <p class="empty-title">{title}</p>
    {children !== undefined && <p>{children}</p>}
  </div>
);

/** Stands where the first answer will be; only after a moment, so that fast answers don't flash it. */
export const Loading = ({ what }: { readonly what: string }) => (
  <div class="loading" role="status">
    <span class="loading-bar" />
    Reading {what} …
  </div>
);

/** That what is shown is old, and since when. Nothing while all is well. */
export function StaleNote({ of }: { readonly of: Answered<unknown> }) {
  const { problem, receivedAtMs } = of;
  if (problem === null || receivedAtMs === null) return null;
  return (
    <p class="stale" role="alert">
      <strong>Not up to date.</strong> {sentenceOf(problem)}. You see what was read at <Instant atMs={receivedAtMs} />.
      <LoginHint status={problem.status} />
    </p>
  );
}

/** No good answer yet: loading, or what went wrong. */
export function Waiting({ of, what }: { readonly of: Answered<unknown>; readonly what: string }) {
  const { problem } = of;
  if (problem === null) return <Loading what={what} />;
  return (
    <div class="empty" role="alert">
      <p class="empty-title">{problem.status === 404 ? 'Not found' : `Could not read ${what}`}</p>
      <p>
        {sentenceOf(problem)}. {problem.status === 404 ? '' : 'The page keeps asking.'}
        <LoginHint status={problem.status} />
      </p>
    </div>
  );
}

const sentenceOf = ({ sentence }: { readonly sentence: string }): string =>
  `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`.replace(/\.$/, '');

const LoginHint = ({ status }: { readonly status: number | null }) =>
  status === 401 ? (
    <>
      {' '}
      <button type="button" class="quiet" onClick={() => location.reload()}>
        Log in again
      </button>
    </>
  ) : null;
