import { SluicegateError } from '../core/errors.ts';
import type { Notifier } from '../core/ports/notifier.ts';

/**
 * A notifier that, once it is unavailable, is not asked again in this invocation. Many groups may have something to tell,
 * and a silent network costs seconds a notice: waiting for each would take the time in which samples are judged.
 */
export function askedOnceWhileDown(notifier: Notifier): Notifier {
  let down: SluicegateError | null = null;
  return {
    name: notifier.name,
    async send(notice) {
      if (down !== null) throw down;
      try {
        await notifier.send(notice);
      } catch (failure) {
        if (failure instanceof SluicegateError && failure.code === 'NOTIFIER_UNAVAILABLE') down = failure;
        throw failure;
      }
    },
  };
}
