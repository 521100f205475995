import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders are named after the process that made them, so that a later start can tell whose owner has died. */
const NAME = /^sluicegate-(\d+)-[0-9a-f]{8}$/;

/**
 * A new, empty folder in `parent` that belongs to this process. Whoever makes it removes it; what a crash left is
 * removed here, at the next start.
 */
export async function makeOwnedFolder(parent: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  await removeFoldersOfDeadOwners(parent);
  const folder = join(parent, `sluicegate-${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(folder, { mode: 0o700 });
  return folder;
}

async function removeFoldersOfDeadOwners(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = NAME.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause: unknown) {
    // EPERM: alive, but another user's.
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}
