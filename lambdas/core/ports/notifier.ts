import type { Notice } from '../incident/notice.ts';

/** Tells people. Adapters: SNS, EventBridge, the terminal, and memory for tests. */
export interface Notifier {
  /** By it the outbox remembers what this one has taken over: it must stay the same from one deployment to the next. */
  readonly name: string;

  /**
   * Resolves once the notice was taken over for delivery. Rejects with NOTICE_REFUSED when this one is not taken, and with
   * NOTIFIER_UNAVAILABLE when none would be at present. The id may repeat after a crash.
   */
  send(notice: Notice): Promise<void>;
}
