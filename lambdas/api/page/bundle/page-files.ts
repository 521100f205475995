import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

/** The folder beside the code that serves it. */
export const PAGE_FOLDER = 'page';

const START = 'index.html';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** A built page out of its folder: what `writePageFiles` has put there. */
export function readPageFiles(folder: string): PageFiles {
  const names = readdirSync(folder).filter((name) => extname(name) in CONTENT_TYPES);
  return pageFilesOf(new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')])));
}

/** Lays a built page down beside the code that shall serve it. */
export function writePageFiles(folder: string, files: PageFiles): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, { body }] of files) writeFileSync(join(folder, path === '/' ? START : path.slice(1)), body);
}

/** Files by their names in the folder → by the paths that they are asked for. */
export const pageFilesOf = (bodies: ReadonlyMap<string, string>): PageFiles =>
  new Map(
    [...bodies].map(([name, body]) => [
      name === START ? '/' : `/${name}`,
      { contentType: CONTENT_TYPES[extname(name)] ?? '', body, isImmutable: name !== START },
    ]),
  );
