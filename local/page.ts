import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundlePage } from '../lambdas/api/page/bundle/bundle-page.ts';
import { PAGE_FOLDER, type PageFiles, readPageFiles } from '../lambdas/api/page/bundle/page-files.ts';

/** Where the package carries the page; in a clone of the repository there is no such folder. */
const PREBUILT = fileURLToPath(new URL(`../${PAGE_FOLDER}`, import.meta.url));

/** The page: the package's own, or made from the sources, which takes a tenth of a second. */
export const localPage = (): PageFiles => (existsSync(PREBUILT) ? readPageFiles(PREBUILT) : bundlePage());
