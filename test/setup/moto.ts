import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SluicegateError } from '../../lambdas/core/errors.ts';
import { cacheFolder } from '../../local/cache-folder.ts';
import { startLeashed } from '../../local/leash.ts';
import type { Progress } from '../../local/maven.ts';
import { makeOwnedFolder } from '../../local/owned-folder.ts';

/** A server that speaks the protocols of SNS, SQS and Secrets Manager. It forgets all at its end. */
export interface Moto {
  /** `http://127.0.0.1:PORT`, for clients with any credentials. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

const REQUIREMENTS = fileURLToPath(new URL('moto-requirements.txt', import.meta.url));
const run = promisify(execFile);

/**
 * The Python of a virtual environment that holds moto, made by pip (as it is configured here) unless an earlier run did.
 * Throws TOOL_MISSING.
 */
export async function fetchMoto(progress: Progress): Promise<string> {
  const hash = createHash('sha256')
    .update(await readFile(REQUIREMENTS))
    .digest('hex')
    .slice(0, 8);
  const parent = join(cacheFolder(), 'python');
  const folder = join(parent, `moto-${hash}`);
  const python = join(folder, 'bin', 'python');
  if (existsSync(python)) return python;

  progress('fetching moto with pip (once; it takes half a minute)');
  const staging = await makeOwnedFolder(parent);
  try {
    await install(staging);
    // Another run may have been faster: its environment is as good.
    await rename(staging, folder).catch((cause: unknown) => {
      if (!existsSync(python)) throw cause;
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return python;
}

async function install(folder: string): Promise<void> {
  try {
    await run('python3', ['-m', 'venv', folder]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS];
    await run(join(folder, 'bin', 'python'), pip);
  } catch (cause) {
    const install = 'Install Python 3 with venv and pip (Debian: apt install python3-venv)';
    throw new SluicegateError('TOOL_MISSING', `pip could not fetch moto: ${String(cause)}. ${install}`, { cause });
  }
}

/** Starts moto on a free port, and resolves when it listens. It ends with us, however we end. */
export async function startMoto(progress: Progress): Promise<Moto> {
  const python = await fetchMoto(progress);
  const running = startLeashed(python, ['-m', 'moto.server', '-p', '0'], { output: 'pipe' });
  const said: string[] = [];
  const listens = new Promise<string>((resolve) => {
    if (running.stdout === null) return;
    createInterface({ input: running.stdout }).on('line', (line) => {
      said.push(line);
      const [, endpoint] = /Running on (http:\/\/[\d.:]+)/.exec(line) ?? [];
      if (endpoint !== undefined) resolve(endpoint);
    });
  });
  const died = running.exited.then((code) => {
    throw new Error(`moto ended with exit code ${code}: ${said.slice(-5).join(' ')}`);
  });
  const endpoint = await Promise.race([listens, died]);
  return {
    endpoint,
    stop: async () => {
      await running.signal('KILL');
      await running.exited;
    },
  };
}
