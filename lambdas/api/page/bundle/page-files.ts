import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** One file that a browser loads. */
export interface PageFile {
  readonly contentType: string;
  readonly body: string;
  /** Its name changes with its content: a browser may keep it for ever. */
  readonly isImmutable: boolean;
}

/** The page by the paths that a browser asks for: `/`, and what that names. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const START = 'index.html';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** A built page out of its folder: what `writePageFiles` has put there. */
export async function readPageFiles(folder: string): Promise<PageFiles> {
  const names = (await readdir(folder)).filter((name) => extname(name) in CONTENT_TYPES);
  return pageFilesOf(
    new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const))),
  );
}

/** Lays a built page down beside the code that shall serve it. */
export async function writePageFiles(folder: string, files: PageFiles): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [path, { body }] of files) await writeFile(join(folder, path === '/' ? START : path.slice(1)), body);
}

/** Files by their names in the folder → by the paths that they are asked for. */
export const pageFilesOf = (bodies: ReadonlyMap<string, string>): PageFiles =>
  new Map(
    [...bodies].map(([name, body]) => [
      name === START ? '/' : `/${name}`,
      { contentType: CONTENT_TYPES[extname(name)] ?? '', body, isImmutable: name !== START },
    ]),
  );
