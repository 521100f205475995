import { createHash } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SluicegateError } from '../lambdas/core/errors.ts';
import { cacheFolder } from './cache-folder.ts';
import { type JarSet, pomOf } from './jar-set.ts';
import { startLeashed } from './leash.ts';
import { makeOwnedFolder } from './owned-folder.ts';
import { findMaven } from './tools.ts';

/** Takes one line about what is going on, for whoever waits. */
export type Progress = (line: string) => void;

const COPY_DEPENDENCIES = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
const PROGRESS_EVERY_MS = 3_000;

/**
 * The folder that holds these jars, fetched by Maven (as it is configured here) unless an earlier run did.
 *
 * The cache never holds half a set: jars are gathered aside and appear by one rename. Throws TOOL_MISSING.
 */
export async function fetchJars(set: JarSet, progress: Progress): Promise<string> {
  const pom = pomOf(set);
  const jars = join(cacheFolder(), 'jars');
  // The hash lets a changed list of artifacts be fetched again under the same name.
  const folder = join(jars, `${set.name}-${createHash('sha256').update(pom).digest('hex').slice(0, 8)}`);
  if (await exists(folder)) return folder;

  const maven = await findMaven();
  const staging = await makeOwnedFolder(jars);
  try {
    await writeFile(join(staging, 'pom.xml'), pom);
    await mkdir(join(staging, 'jars'));
    await copyDependencies(maven, staging, set, progress);
    await publish(join(staging, 'jars'), folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return folder;
}

async function copyDependencies(maven: string, staging: string, set: JarSet, progress: Progress): Promise<void> {
  const pom = join(staging, 'pom.xml');
  const args = ['-B', '-f', pom, COPY_DEPENDENCIES, `-DoutputDirectory=${join(staging, 'jars')}`];
  progress(`fetching ${set.name} with Maven (once; kept in ${cacheFolder()})`);
  const run = startLeashed(maven, args, { output: 'pipe', folder: staging });
  const errors: string[] = [];
  let fetched = 0;
  const startedMs = performance.now();
  const tellProgress = () => {
    const elapsedS = Math.round((performance.now() - startedMs) / 1_000);
    progress(`fetching ${set.name}: ${fetched} files downloaded in ${elapsedS} s`);
  };
  const timer = setInterval(tellProgress, PROGRESS_EVERY_MS);
  try {
    if (run.stdout !== null) {
      for await (const line of createInterface({ input: run.stdout })) {
        if (/Downloaded from .*\.(jar|so|dylib|dll)\b/.test(line)) fetched += 1;
        if (line.includes('[ERROR]')) errors.push(line.replace(/^.*\[ERROR\]\s*/, ''));
      }
    }
  } finally {
    clearInterval(timer);
  }
  const code = await run.exited;
  if (code !== 0) throw fetchFailed(set, code, errors);
  progress(`fetched ${set.name}`);
}

function fetchFailed({ name }: JarSet, code: number, errors: readonly string[]): SluicegateError {
  const [why = 'it gave no reason'] = errors;
  const advice = 'Check the network and Maven’s settings.xml, or watch a cluster of your own: --brokers HOST:PORT';
  return new SluicegateError('TOOL_MISSING', `Maven could not fetch ${name} (exit ${code}): ${why} ${advice}`);
}

/** Another process may have been faster: then its jars are as good. */
async function publish(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (cause: unknown) {
    if (!(await exists(to))) throw cause;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
