/** What a partition's open rules must remember of their beginning. It goes when the last of them closes. */
export interface Trouble {
  /** Bits of the rules that hold, in the order of their list. */
  open: number;
  /** Who owned the partition when the first of them opened: member id, or null. */
  ownerAtOpen: string | null;
  /** Since the partition last stood still for too long. */
  advances: number;
  lagPeakMessages: number;
  /** Where the group was before it went back. */
  highWaterOffset: number;
  skippedMessages: number;
  heldUntilMs: number;
}

export const newTrouble = (owner: string | null): Trouble => ({
  open: 0,
  ownerAtOpen: owner,
  advances: 0,
  lagPeakMessages: 0,
  highWaterOffset: Number.NaN,
  skippedMessages: 0,
  heldUntilMs: Number.NaN,
});
