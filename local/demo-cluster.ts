import { readFile } from 'node:fs/promises';
import type { ClusterConfig } from '../lambdas/config/cluster.ts';
import { type Config, parseConfig } from '../lambdas/config/config.ts';
import type { ClusterConnection } from '../lambdas/core/cluster/connection.ts';
import type { Clock } from '../lambdas/core/ports/clock.ts';
import { startDemo } from './demo/demo.ts';
import { playReleases } from './demo/releases.ts';
import { startKafkaCluster } from './kafka-cluster.ts';
import type { Progress } from './maven.ts';
import type { LocalRun } from './run-local.ts';

/** A broker of our own, what the demo does to it, and the demo's configuration. */
export interface DemoCluster extends Pick<LocalRun, 'sentence' | 'startWorkload'>, AsyncDisposable {
  readonly config: Config;
  readonly cluster: ClusterConfig;
  readonly connection: ClusterConnection;
}

/** Starts the embedded broker. Throws TOOL_MISSING without Java or Maven. */
export async function startDemoCluster({
  progress,
  clock,
}: {
  readonly progress: Progress;
  readonly clock: Clock;
}): Promise<DemoCluster> {
  const file = new URL('demo.config.json', import.meta.url);
  const input = JSON.parse(await readFile(file, 'utf8'));
  const release = '4.3.1';
  progress(`Starting Kafka ${release} on this machine …`);
  const kafka = await startKafkaCluster({ release, progress });
  const config = parseConfig(
    { ...input, clusters: [{ name: 'demo', brokers: kafka.brokers, ...input.clusters[0] }] },
    'local/demo.config.json',
  );
  const [cluster] = config.clusters;
  if (cluster === undefined) throw new Error('invariant: a checked configuration has a cluster');
  return {
    config,
    cluster,
    connection: { brokers: kafka.brokers, tls: null, authentication: { mechanism: 'none' } },
    sentence:
      `Watching eight consumer groups on a real Kafka ${release} at ${kafka.brokers.join(', ')}.\n` +
      'Samples come every 5 s instead of every minute, and the clients have short timeouts: all goes twelve times faster than usual.\n' +
      'In 40 s the first consumer is killed, and within half a minute you are told so; after a minute two groups get a new version, one of them a bad one. Ctrl-C ends everything.',
    startWorkload: async ({ teller, gate }) => {
      const { brokers } = kafka;
      const demo = await startDemo({
        brokers,
        clock,
        onFault: (fault) => teller.fault(fault),
        onTrouble: (sentence) => teller.trouble({ atMs: clock.nowMs(), sentence }),
      });
      const releases = playReleases({ gate, brokers, clock, teller });
      return {
        stop: async () => {
          await releases.stop();
          await demo.stop();
        },
      };
    },
    [Symbol.asyncDispose]: () => kafka.stop(),
  };
}
