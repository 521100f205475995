import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { SluicegateError } from '../lambdas/core/errors.ts';

/** DynamoDB Local and Kafka 4 are compiled for it. */
const JAVA_MIN = 17;

const OR_YOUR_OWN = 'Or watch a cluster of your own, which needs neither Java nor Maven: --brokers HOST:PORT';

/** The path of a Java that can run the embedded broker: of JAVA_HOME, else the first in PATH. Throws TOOL_MISSING. */
export async function findJava(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const home = env['JAVA_HOME'];
  const java = home ? join(home, 'bin', 'java') : await findInPath('java', env);
  if (java === null) throw missing(`Java ${JAVA_MIN} or newer is needed, and no java is in PATH.`);
  const version = await javaVersion(java);
  if (version === null) throw missing(`Java ${JAVA_MIN} or newer is needed, and ${java} does not run.`);
  if (version < JAVA_MIN) throw missing(`Java ${JAVA_MIN} or newer is needed, and ${java} is Java ${version}.`);
  return java;
}

/** The path of Maven, which brings the jars. Throws TOOL_MISSING. */
export async function findMaven(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const maven = await findInPath('mvn', env);
  if (maven === null) throw missing('Maven brings the jars of the embedded broker, and no mvn is in PATH.');
  return maven;
}

function missing(what: string): SluicegateError {
  const install = `Install a JDK (${JAVA_MIN} or newer) and Maven (Debian: apt install default-jdk-headless maven; macOS: brew install openjdk maven).`;
  return new SluicegateError('TOOL_MISSING', `${what} ${install} ${OR_YOUR_OWN}`);
}

/** The first executable of that name in PATH, or null. */
export async function findInPath(name: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter((entry) => entry !== '')) {
    const file = join(folder, name);
    const runs = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return file;
  }
  return null;
}

/** The major version, or null when it does not run (macOS has a java that only says where to get one). */
async function javaVersion(java: string): Promise<number | null> {
  const told = await promisify(execFile)(java, ['-version']).catch(() => null);
  const [, major = '', minor] = /version "(\d+)(?:\.(\d+))?/.exec(told?.stderr ?? '') ?? [];
  // Java 8 calls itself 1.8.
  return major === '' ? null : Number(major === '1' ? minor : major);
}
