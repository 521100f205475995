import type { Summary, Teller } from './teller.ts';

/** What was told, counted. */
export type ToldCounts = Pick<Summary, 'faults' | 'noticesByTransition' | 'decisions'>;

/** Passes everything on and counts what the summary needs. */
export function countingTeller(teller: Teller): Teller & { counts(): ToldCounts } {
  let faults = 0;
  const noticesByTransition: Record<string, number> = {};
  const decisions: ToldCounts['decisions'][number][] = [];
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
    decision: (told) => {
      const { release, group, decision } = told;
      decisions.push({ release, group, decision });
      teller.decision(told);
    },
    counts: () => ({ faults, noticesByTransition, decisions }),
  };
}
