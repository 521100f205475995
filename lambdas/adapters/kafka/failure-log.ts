import type { FailedPart, ReadFailure } from '../../core/cluster/snapshot.ts';
import type { BrokerFailure } from './broker-failure.ts';

/** Collects what could not be read, each part once: the first reason is the cause, later ones follow from it. */
export class FailureLog {
  readonly #failures = new Map<string, ReadFailure>();

  add(part: FailedPart, { code, message }: { readonly code: string; readonly message: string }): void {
    const key = JSON.stringify(part);
    if (!this.#failures.has(key)) this.#failures.set(key, { ...part, code, message });
  }

  addBroker(broker: string, failure: BrokerFailure): void {
    this.add({ part: 'broker', broker }, failure);
  }

  all(): readonly ReadFailure[] {
    return [...this.#failures.values()];
  }
}
