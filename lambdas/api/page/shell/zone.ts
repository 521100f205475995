import type { Zone } from '../words/times.ts';

/** The reader's time zone, in which every time of the page is. */
export const ZONE: Zone = { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
