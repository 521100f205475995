import type { TestProject } from 'vitest/node';
import { SluicegateError } from '../../lambdas/core/errors.ts';
import { DYNAMODB_LOCAL_JARS } from '../../local/dynamodb-local.ts';
import { startKafkaCluster } from '../../local/kafka-cluster.ts';
import { KAFKA_RELEASES, kafkaJars } from '../../local/kafka-jars.ts';
import { fetchJars } from '../../local/maven.ts';
import { findJava } from '../../local/tools.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** `host:port` of a 4.3.1 broker that all files share; null when there can be none. */
    readonly broker: string | null;
  }
}

/**
 * Fetches what the end-to-end tests run on and starts the broker that they share. Without Java or Maven the tests on real
 * parts are left out, and this says so; in CI that is a failure, for nobody would read it.
 */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const progress = (line: string) => process.stdout.write(`real parts: ${line}\n`);
  try {
    await findJava();
    for (const jars of [...KAFKA_RELEASES.map(kafkaJars), DYNAMODB_LOCAL_JARS]) await fetchJars(jars, progress);
  } catch (cause: unknown) {
    if (process.env['CI'] || !(cause instanceof SluicegateError) || cause.code !== 'TOOL_MISSING') throw cause;
    progress(`LEFT OUT: every test on a real Kafka broker or on DynamoDB Local. ${cause.message}`);
    project.provide('broker', null);
    return undefined;
  }
  progress('starting the Kafka broker that the tests share');
  const cluster = await startKafkaCluster();
  project.provide('broker', cluster.brokers[0] ?? null);
  return () => cluster.stop();
}
