/** One kind of caller, with its contract: what its events look like, and how it wants to be answered. */
export interface Caller {
  readonly name: string;
  /** By the event's shape alone. */
  isMine(event: unknown): boolean;
  /**
   * Asks the gate and answers as the caller wants it; what is returned is the invocation's result. What it throws fails
   * the invocation, which not every caller survives well: each says itself what its contract makes of a failure.
   */
  answer(event: unknown): Promise<unknown>;
}

/** Whether an event is an object with something under this key. */
export const hasKey = (event: unknown, key: string): boolean =>
  typeof event === 'object' && event !== null && Object.hasOwn(event, key);
