import type { ClusterSnapshot } from '../core/cluster/snapshot.ts';
import { SluicegateError } from '../core/errors.ts';
import type { ClusterReader } from '../core/ports/cluster-reader.ts';

/**
 * A reader that is opened when first used, and afresh when Kafka refuses who we are: secrets are fetched once per cold
 * start, and once more after they were rotated. `open` fetches them.
 */
export function reopeningReader(open: () => Promise<ClusterReader>): ClusterReader {
  let opened: ClusterReader | null = null;
  const current = async (): Promise<ClusterReader> => {
    opened ??= await open();
    return opened;
  };
  const close = async (): Promise<void> => {
    const stale = opened;
    opened = null;
    await stale?.close();
  };
  return {
    async read(request) {
      const reader = await current();
      try {
        const reading = await reader.read(request);
        // Old connections outlive a rotation: the first broker to refuse a new one must not stay dark until all do.
        if (refusedSomewhere(reading.snapshot)) await close();
        return reading;
      } catch (error) {
        if (!(error instanceof SluicegateError && error.code === 'BROKER_DENIED')) throw error;
        await close();
        return (await current()).read(request);
      }
    },
    close,
  };
}

const refusedSomewhere = ({ failures }: ClusterSnapshot): boolean =>
  failures.some(({ part, code }) => part === 'broker' && code === 'SASL_AUTHENTICATION_FAILED');
