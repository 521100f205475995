import type { TestProject } from 'vitest/node';
import { SluicegateError } from '../../lambdas/core/errors.ts';
import { DYNAMODB_LOCAL_JARS } from '../../local/dynamodb-local.ts';
import { startKafkaCluster } from '../../local/kafka-cluster.ts';
import { KAFKA_RELEASES, kafkaJars } from '../../local/kafka-jars.ts';
import { fetchJars } from '../../local/maven.ts';
import { findJava } from '../../local/tools.ts';
import { fetchMoto } from './moto.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** `host:port` of a 4.3.1 broker that all files share; null when there can be none. */
    readonly broker: string | null;
    /** Whether there is an SNS to publish to on this machine. */
    readonly sns: boolean;
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
    progress(`LEFT OUT: every test on a real Kafka broker or on DynamoDB Local. ${missingTool(cause)}`);
    project.provide('broker', null);
    project.provide('sns', false);
    return undefined;
  }
  project.provide('sns', await hasMoto(progress));
  progress('starting the Kafka broker that the tests share');
  const cluster = await startKafkaCluster();
  project.provide('broker', cluster.brokers[0] ?? null);
  return () => cluster.stop();
}

async function hasMoto(progress: (line: string) => void): Promise<boolean> {
  try {
    await fetchMoto(progress);
    return true;
  } catch (cause: unknown) {
    progress(`LEFT OUT: every test of the functions as they are deployed. ${missingTool(cause)}`);
    return false;
  }
}

/** What a person can do without tests on real parts; anything else, and everything in CI, is thrown on. */
function missingTool(cause: unknown): string {
  if (process.env['CI'] || !(cause instanceof SluicegateError) || cause.code !== 'TOOL_MISSING') throw cause;
  return cause.message;
}
