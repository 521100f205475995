import { styleText } from 'node:util';
import type { Decision } from '../../lambdas/core/gate/judgement.ts';
import { factsOf, isOver, moreText, partitionText, subjectOf } from '../../lambdas/core/incident/notice-text.ts';
import { countText, durationText } from '../../lambdas/core/quantity.ts';
import type { GroupStatus } from '../../lambdas/core/status/verdict.ts';
import { visible } from '../../lambdas/core/visible.ts';
import type { Teller } from './teller.ts';

type Colour = 'green' | 'yellow' | 'red' | 'cyan' | 'dim' | 'bold';

const COLOUR_OF: Readonly<Record<GroupStatus, Colour>> = { OK: 'green', WARN: 'yellow', ERR: 'red', UNKNOWN: 'dim' };

const DECISION_COLOUR: Readonly<Record<Decision, Colour>> = {
  CONTINUE: 'dim',
  PROMOTE: 'green',
  ROLLBACK: 'red',
  INCONCLUSIVE: 'yellow',
};

/** The same events in words, a line each, for people. */
export function wordsTeller(writeLine: (line: string) => void, { colour }: { readonly colour: boolean }): Teller {
  const paint = (style: Colour, text: string) => (colour ? styleText(style, text, { validateStream: false }) : text);
  const line = (atMs: number, what: string, style: Colour, text: string) =>
    writeLine(`${paint('dim', clockText(atMs))}  ${paint(style, what.padEnd(8))} ${text}`);
  return {
    progress: (sentence) => writeLine(paint('dim', sentence)),
    ready: ({ url, sentence }) => writeLine(`\n${sentence}\nThe page: ${paint('bold', url)}\n`),
    status: ({ atMs, verdict: { group, status, kind, reason, lagMessages } }) => {
      const lag = lagMessages === null ? '' : `, ${countText(lagMessages)} waiting`;
      const why = reason === null || status === 'OK' ? '' : `: ${visible(reason.sentence)}`;
      line(atMs, status, COLOUR_OF[status], `${visible(group)}${kind === null ? '' : ` ${kind}`}${lag}${why}`);
    },
    fault: ({ atMs, group, sentence }) => line(atMs, 'demo', 'cyan', `${group}: ${sentence}`),
    notice: (notice) => {
      const partitions = notice.partitions.map((partition) => `  ${partitionText(partition)}`);
      const details = [...factsOf(notice), ...partitions, ...moreText(notice)];
      line(
        notice.atMs,
        'NOTICE',
        isOver(notice) ? 'green' : 'red',
        `${paint('bold', notice.transition)} ${subjectOf(notice)}`,
      );
      for (const detail of details) writeLine(`                    ${paint('dim', detail)}`);
    },
    decision: ({ atMs, group, decision, reasons }) => {
      line(atMs, 'gate', DECISION_COLOUR[decision], `${paint('bold', decision)} ${visible(group)}`);
      for (const { sentence } of reasons) writeLine(`                    ${paint('dim', visible(sentence))}`);
    },
    trouble: ({ atMs, sentence }) => line(atMs, 'trouble', 'yellow', visible(sentence)),
    summary: ({ ranMs, snapshots, snapshotsFailed, faults, noticesByTransition, decisions, groups }) => {
      const notices = Object.entries(noticesByTransition).map(([transition, count]) => `${count} ${transition}`);
      writeLine(
        `\nRan ${durationText(ranMs)}: ${snapshots} snapshots (${snapshotsFailed} failed), ${faults} demo events, ` +
          `notices: ${notices.join(', ') || 'none'}.`,
      );
      for (const { group, decision } of decisions) {
        writeLine(`  ${paint(DECISION_COLOUR[decision], decision.padEnd(13))}release of ${visible(group)}`);
      }
      for (const { group, status, kind } of groups) {
        writeLine(`  ${paint(COLOUR_OF[status], status.padEnd(8))}${visible(group)}${kind === null ? '' : ` ${kind}`}`);
      }
    },
  };
}

const clockText = (atMs: number): string => new Date(atMs).toTimeString().slice(0, 8);
