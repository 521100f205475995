import type { ShareProgress } from '../cluster/group.ts';
import type { PartitionLog } from '../cluster/snapshot.ts';
import { lagOf } from './lag.ts';

/** One group's place in one partition, as a snapshot shows it. */
export interface PartitionPlace {
  readonly committedOffset: number | null;
  readonly share: ShareProgress | null;
  readonly log: PartitionLog | null;
}

/** Null: the group has no position here, or the log could not be read. A share group's lag is what the broker says. */
export function lagMessagesAt({ committedOffset, share, log }: PartitionPlace): number | null {
  if (share !== null) return share.lagMessages;
  if (log === null || committedOffset === null) return null;
  const lag = lagOf({ ...log, committedOffset });
  return lag.kind === 'started' ? lag.lagMessages : null;
}
