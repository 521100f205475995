/** Has the gate asked the same once more, later. Adapter: EventBridge Scheduler. */
export interface AskLater {
  /**
   * Invokes the gate with `event` at about `atMs` (epoch), once. The same name again changes nothing: an event that was
   * delivered twice is not asked about twice as often.
   */
  ask(later: { readonly name: string; readonly atMs: number; readonly event: object }): Promise<void>;
}
