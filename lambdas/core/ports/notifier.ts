import type { Notice } from '../incident/notice.ts';

/** Tells people. Adapters: SNS, the terminal, and memory for tests. */
export interface Notifier {
  /** Resolves once the notice was taken over for delivery; rejects with NOTICE_REFUSED otherwise. The id may repeat after a crash. */
  send(notice: Notice): Promise<void>;
}
