import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SluicegateError } from '../lambdas/core/errors.ts';
import { freePorts } from './free-ports.ts';
import type { JarSet } from './jar-set.ts';
import { excerptOf, javaArgs, startJvm } from './jvm.ts';
import type { LeashedProcess } from './leash.ts';
import { fetchJars, type Progress } from './maven.ts';
import { makeOwnedFolder } from './owned-folder.ts';
import type { StoreServer } from './store-server.ts';
import { findJava } from './tools.ts';

/** Amazon's own emulator: closest to the service, but it needs Java. Its licence allows to fetch it, not to pass it on. */
export const DYNAMODB_LOCAL_JARS: JarSet = {
  name: 'dynamodb-local-3.3.1',
  artifacts: ['software.amazon.dynamodb:DynamoDBLocal:3.3.1'],
  transitive: true,
};

const MAIN_CLASS = 'software.amazon.dynamodb.services.local.main.ServerRunner';
const TIMEOUT_MS = 30_000;
const RETRY_MS = 50;

/**
 * Starts DynamoDB Local in memory on a free port, and resolves when it answers. It ends with us, however we end.
 * Throws TOOL_MISSING without Java or Maven, STORE_UNREACHABLE when it does not start.
 */
export async function startDynamodbLocal(progress: Progress): Promise<StoreServer> {
  const java = await findJava();
  const jvm = { java, jars: await fetchJars(DYNAMODB_LOCAL_JARS, progress) };
  const folder = await makeOwnedFolder(tmpdir());
  const log = join(folder, 'dynamodb-local.log');
  const [port] = await freePorts(1);
  const args = ['-inMemory', '-disableTelemetry', '-port', `${port}`];
  const running = startJvm(jvm, javaArgs(jvm, MAIN_CLASS, args), log, folder);
  const endpoint = `http://127.0.0.1:${port}`;
  const failure = await awaitAnswer(endpoint, running);
  if (failure !== null) {
    await end(running);
    throw new SluicegateError('STORE_UNREACHABLE', `DynamoDB Local did not start: ${failure}. ${await excerptOf(log)}`);
  }
  return {
    endpoint,
    stop: async () => {
      await end(running);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Null when it answers anything at all: even a refusal comes from a server that runs. */
async function awaitAnswer(endpoint: string, running: LeashedProcess): Promise<string | null> {
  const endMs = performance.now() + TIMEOUT_MS;
  while (performance.now() < endMs) {
    if (running.hasExited()) return `it ended with exit code ${await running.exited}`;
    const answered = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (answered) return null;
    await delay(RETRY_MS);
  }
  return `no answer on ${endpoint} within ${TIMEOUT_MS / 1000} s`;
}

/** Nothing in it is worth a clean end. */
async function end(running: LeashedProcess): Promise<void> {
  await running.signal('KILL');
  await running.exited;
}
