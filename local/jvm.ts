import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LeashedProcess, startLeashed } from './leash.ts';

/** Java, and the folder of jars and native libraries that a program runs on. */
export interface Jvm {
  readonly java: string;
  readonly jars: string;
}

/** Enough for a laptop's and a test's servers; the client compiler alone starts faster than both. */
const OPTIONS = ['-Xmx256m', '-Xms64m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData'];
/** Kafka logs through slf4j. Of Log4j it needs the API alone, which would complain that nobody listens. */
const LOGGING = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-Dlog4j2.StatusLogger.level=OFF'];
const EXCERPT_LINES = 3;

/** The arguments with which java runs a main class of these jars. */
export function javaArgs({ jars }: Jvm, mainClass: string, args: readonly string[]): readonly string[] {
  return [...OPTIONS, ...LOGGING, `-Djava.library.path=${jars}`, '-cp', join(jars, '*'), mainClass, ...args];
}

/** Starts a server on a leash, its output appended to `log`; `folder` is removed when we die. */
export function startJvm(jvm: Jvm, args: readonly string[], log: string, folder: string): LeashedProcess {
  const output = openSync(log, 'a');
  try {
    return startLeashed(jvm.java, args, { output, folder });
  } finally {
    closeSync(output);
  }
}

/** The first complaints in a log and where it is, for an error message. */
export async function excerptOf(log: string): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '');
  const complaints = text.split('\n').filter((line) => /ERROR|Exception|Caused by/.test(line));
  return [...complaints.slice(0, EXCERPT_LINES), `Its log is ${log}`].join('\n  ');
}
