import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the range from which systems give ports to outgoing connections, so that a port stays free over a restart. */
const LOWEST = 10_240;
const HIGHEST = 32_767;
const TRIES = 100;

/**
 * Distinct ports of 127.0.0.1 that nothing listens on now.
 *
 * Kafka must be told its port beforehand, and takes the same one after a crash. A port of the ephemeral range would be
 * taken meanwhile, not least by a client that dials it in vain until it reaches itself.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports = new Set<number>();
  for (let tries = 0; ports.size < count && tries < TRIES + count; tries += 1) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (!ports.has(port) && (await isFree(port))) ports.add(port);
  }
  if (ports.size < count) throw new Error(`no ${count} free ports found between ${LOWEST} and ${HIGHEST}`);
  return [...ports];
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
