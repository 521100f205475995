import type { Notice } from '../../core/incident/notice.ts';
import type { Notifier } from '../../core/ports/notifier.ts';

/** Collects what it is sent, for tests. */
export interface MemoryNotifier extends Notifier {
  readonly sent: readonly Notice[];
}

export function memoryNotifier(): MemoryNotifier {
  const sent: Notice[] = [];
  return {
    name: 'memory',
    sent,
    async send(notice) {
      sent.push(notice);
    },
  };
}
