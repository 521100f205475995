import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { JarSet } from '../../local/jar-set.ts';
import type { ClientRun } from './measurement.ts';

/** Kafka's command line tools, which need far more than a broker does. */
export const KAFKA_TOOLS: JarSet = {
  name: 'kafka-tools-4.3.1',
  artifacts: ['org.apache.kafka:kafka-tools:4.3.1'],
  transitive: true,
};

const LOOK_EVERY_MS = 100;

/** `kafka-consumer-groups --all-groups --describe`, once, start of its JVM included: that is what its user waits for. */
export async function runConsumerGroupsTool(
  java: string,
  jars: string,
  brokers: readonly string[],
): Promise<ClientRun> {
  const tool = 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand';
  const args = ['-cp', `${jars}/*`, tool, '--bootstrap-server', brokers.join(','), '--all-groups', '--describe'];
  const startedAt = performance.now();
  const child = spawn(java, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let peakMemoryMb = 0;
  const timer = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    peakMemoryMb = Math.max(peakMemoryMb, Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1_024);
  }, LOOK_EVERY_MS);
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  clearInterval(timer);
  const wallMs = performance.now() - startedAt;
  const groups = new Set(output.split('\n').flatMap((line) => /^(?:group|live)-\S+/.exec(line)?.[0] ?? []));
  return { snapshots: [{ requests: null, bytes: null, cpuMs: null, wallMs, groups: groups.size }], peakMemoryMb };
}
