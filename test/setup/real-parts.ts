import { describe, inject } from 'vitest';

/** A suite on real parts; left out where they cannot be had, which the set-up has announced. */
export const describeWithRealParts = describe.runIf(inject('broker') !== null);

/** The same for what needs an SNS too. */
export const describeWithRealPartsAndSns = describe.runIf(inject('broker') !== null && inject('sns'));

/** `host:port` of the Kafka 4.3.1 broker that all files share: use names of your own, and clean up nothing but those. */
export function sharedBroker(): string {
  const broker = inject('broker');
  if (broker === null) throw new Error('no shared broker: put the test into describeWithRealParts');
  return broker;
}
