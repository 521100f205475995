import { countText } from '../../../quantity.ts';
import type { PartitionMemory } from '../partition-memory.ts';
import type { PartitionRule } from './rule.ts';

/** Retention deleted messages before the group read them. Over when it has come past the log's start. */
export const dataLoss: PartitionRule = {
  name: 'dataLoss',
  status: () => 'DATA_LOSS',
  opens: (p, { settings }) => lostMessagesOf(p) > Math.max(settings.dataLoss.messages, p.restingMessages),
  closes: (p) => lostMessagesOf(p) === 0,
  explain: (p) => ({
    numbers: { lostMessages: lostMessagesOf(p), lagMessages: p.lagMessages },
    sentence: `retention deleted ${countText(lostMessagesOf(p))} messages before they were read`,
  }),
};

/** Messages between the group's position and the log's start: gone, and never read. */
export const lostMessagesOf = ({ log, committedOffset }: PartitionMemory): number =>
  Math.max(0, log.startOffset - committedOffset);
