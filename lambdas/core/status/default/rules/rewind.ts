import { countText, durationText } from '../../../quantity.ts';
import { timeLagMsOf } from '../partition-memory.ts';
import type { PartitionRule } from './rule.ts';

/** The committed offset went back, farther than a rebalance explains. Over when it is where it was. */
export const rewind: PartitionRule = {
  name: 'rewind',
  status: () => 'REWIND',
  opens: (p, { settings: { rewind } }) =>
    -p.movedMessages > Math.max(rewind.messages, p.restingMessages) &&
    timeLagMsOf(p) - p.timeLagBeforeMs >
      (-p.movedMessages > rewind.fewMessages ? rewind.timeLagJumpMs : rewind.fewTimeLagJumpMs),
  begin: (p, trouble) => {
    trouble.highWaterOffset = p.committedOffset - p.movedMessages;
  },
  closes: (p, { highWaterOffset }) => p.committedOffset >= highWaterOffset,
  explain: (p, { highWaterOffset }) => ({
    numbers: { againMessages: highWaterOffset - p.committedOffset, timeLagMs: timeLagMsOf(p) },
    sentence: `went back: ${countText(highWaterOffset - p.committedOffset)} messages are read again, the oldest ${durationText(timeLagMsOf(p))} old`,
  }),
};
