/** Has a cluster read at once, for an offset marker. Adapters: invoking `snapshot`, and the same handler in this process. */
export interface FreshReading {
  /**
   * Takes one reading of its own and keeps it in the history under `slotMs`, which no schedule uses: so it began after
   * this was called. Throws SNAPSHOT_FAILED.
   */
  take(of: { readonly cluster: string; readonly slotMs: number }): Promise<void>;
}
