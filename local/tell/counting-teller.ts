import type { Teller } from './teller.ts';

/** What was told, counted. */
export interface ToldCounts {
  readonly faults: number;
  readonly noticesByTransition: Readonly<Record<string, number>>;
}

/** Passes everything on and counts what the summary needs. */
export function countingTeller(teller: Teller): Teller & { counts(): ToldCounts } {
  let faults = 0;
  const noticesByTransition: Record<string, number> = {};
  return {
    ...teller,
    fault: (fault) => {
      faults += 1;
      teller.fault(fault);
    },
    notice: (notice) => {
      noticesByTransition[notice.transition] = (noticesByTransition[notice.transition] ?? 0) + 1;
      teller.notice(notice);
    },
    counts: () => ({ faults, noticesByTransition }),
  };
}
