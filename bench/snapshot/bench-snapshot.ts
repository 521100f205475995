import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startKafkaCluster } from '../../local/kafka-cluster.ts';
import { kafkaJars } from '../../local/kafka-jars.ts';
import { fetchJars } from '../../local/maven.ts';
import { findJava } from '../../local/tools.ts';
import { KAFKA_TOOLS, runConsumerGroupsTool } from './command-line-tool.ts';
import { runClient } from './measurement.ts';
import { type Result, renderTable, resultsOf } from './table.ts';
import { commitGroups, createTopics, startLiveGroups } from './workload.ts';

const CLIENTS = join(import.meta.dirname, 'clients');

/** The command line tool asks about one group after the other: beyond this it takes minutes. */
const COMMAND_LINE_GROUPS_MAX = 100;

const progress = (line: string): void => console.error(line);

/**
 * One snapshot of a three-broker cluster, by us and by what users would run instead; every client in processes of its
 * own, one after the other. Prints a Markdown table per size.
 */
export async function benchSnapshot(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { sizes: { type: 'string', default: '100,1100,6100' }, runs: { type: 'string', default: '6' } },
  });
  const java = await findJava();
  const jars = await fetchJars(kafkaJars('4.3.1'), progress);
  const tools = await fetchJars(KAFKA_TOOLS, progress);
  progress('starting three brokers');
  const cluster = await startKafkaCluster({ brokers: 3, progress });
  try {
    progress('creating topics');
    await createTopics(cluster.brokers);
    const live = await startLiveGroups(cluster.brokers);
    let made = 0;
    for (const count of values.sizes.split(',').map(Number)) {
      progress(`committing for ${count} groups`);
      await commitGroups(cluster.brokers[0] ?? '', { from: made, count });
      made = count;
      const results = await measureClients({
        java,
        jars,
        tools,
        brokers: cluster.brokers,
        runs: values.runs,
        groups: count,
      });
      console.log(`\n### ${count} groups, and four live ones of each type\n\n${renderTable(results)}`);
    }
    await live.stop();
  } finally {
    await cluster.stop();
  }
}

async function measureClients({
  java,
  jars,
  tools,
  brokers,
  runs,
  groups,
}: {
  readonly java: string;
  readonly jars: string;
  readonly tools: string;
  readonly brokers: readonly string[];
  readonly runs: string;
  readonly groups: number;
}): Promise<readonly Result[]> {
  const seeds = brokers.join(',');
  const results: Result[] = [];
  progress('measuring: ours');
  results.push(...resultsOf('sluicegate', await runClient(process.execPath, [join(CLIENTS, 'ours.ts'), seeds, runs])));
  progress('measuring: Java AdminClient');
  const javaArgs = ['-cp', join(jars, '*'), join(CLIENTS, 'AdminClientSnapshot.java'), seeds, runs];
  results.push(...resultsOf('Java AdminClient', await runClient(java, javaArgs)));
  progress('measuring: kafkajs Admin');
  const kafkajs = await runClient(process.execPath, [join(CLIENTS, 'kafkajs-admin.ts'), seeds, '3']);
  results.push(...resultsOf('kafkajs Admin', kafkajs));
  if (groups <= COMMAND_LINE_GROUPS_MAX) {
    progress('measuring: kafka-consumer-groups');
    results.push(...resultsOf('kafka-consumer-groups', await runConsumerGroupsTool(java, tools, brokers)));
  }
  return results;
}
