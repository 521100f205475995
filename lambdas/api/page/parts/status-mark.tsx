import type { Tone } from '../words/statuses.ts';

/** One shape for each tone, so that nobody needs colours to tell them apart. */
const SHAPES: Readonly<Record<Tone, string>> = {
  err: 'M5 1h6l4 4v6l-4 4H5l-4-4V5z',
  warn: 'M8 1.5 15.5 14.5H.5z',
  unknown: 'M8 .8 15.2 8 8 15.2.8 8z',
  ok: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z',
  info: 'M1 3h14v10H1z',
};

const SIGNS: Readonly<Record<Tone, string>> = {
  err: 'M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6',
  warn: 'M8 6v4M8 12v.4',
  unknown: 'M6.1 6.4a1.9 1.9 0 1 1 2.7 1.7c-.6.3-.8.6-.8 1.1M8 11.6v.2',
  ok: 'M4.8 8.2l2.2 2.3 4.2-4.6',
  info: 'M5 8h6M8.6 5.6 11 8l-2.4 2.4',
};

/** The shape alone; the words stand beside it. */
export const StatusShape = ({ tone }: { readonly tone: Tone }) => (
  <svg class={`shape tone-${tone}`} viewBox="0 0 16 16" aria-hidden="true">
    <path class="shape-body" d={SHAPES[tone]} />
    <path class="shape-sign" d={SIGNS[tone]} />
  </svg>
);

/** A status as shape and word. */
export const StatusMark = ({ tone, children }: { readonly tone: Tone; readonly children: string }) => (
  <span class={`mark tone-${tone}`}>
    <StatusShape tone={tone} />
    {children}
  </span>
);
