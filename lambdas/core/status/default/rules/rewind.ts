import { countText, durationText } from '../../../quantity.ts';
import { type PartitionMemory, timeLagMsOf } from '../partition-memory.ts';
import type { PartitionRule } from './rule.ts';

/** The committed offset went back, farther than a rebalance explains. Over when it is where it was. */
export const rewind: PartitionRule = {
  name: 'rewind',
  status: () => 'REWIND',
  opens: (p, { settings: { rewind } }) =>
    -p.movedMessages > Math.max(rewind.messages, p.restingMessages) &&
    timeLagMsOf(p) - p.timeLagBeforeMs > rewind.timeLagJumpMs,
  closes: (p) => p.committedOffset >= p.highWaterOffset,
  explain: (p) => ({
    numbers: { againMessages: againMessagesOf(p), timeLagMs: timeLagMsOf(p) },
    sentence: `went back: ${countText(againMessagesOf(p))} messages are read again, the oldest ${durationText(timeLagMsOf(p))} old`,
  }),
};

const againMessagesOf = ({ highWaterOffset, committedOffset }: PartitionMemory): number =>
  Math.max(0, highWaterOffset - committedOffset);
