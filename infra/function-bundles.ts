import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundlePage } from '../lambdas/api/page/bundle/bundle-page.ts';
import { PAGE_FOLDER, writePageFiles } from '../lambdas/api/page/bundle/page-files.ts';

/** One function's code, minified, with all that it loads. */
export interface FunctionBundle {
  /** Its handler's folder in `lambdas/`. */
  readonly handler: string;
  /** Packages that it never loads in this form. */
  readonly leftOut: readonly string[];
  /** The budget: what a cold start has to load. */
  readonly bytesMax: number;
  /** It serves the status page, which lies beside its code. */
  readonly servesPage?: true;
}

const KB = 1_024;
const MSK_IAM = 'aws-msk-iam-sasl-signer-js';

/** Every bundle there is: what synth makes from the sources, the package carries ready-made. */
export const BUNDLES = {
  snapshot: { handler: 'snapshot', leftOut: [MSK_IAM], bytesMax: 700 * KB },
  'snapshot-msk-iam': { handler: 'snapshot', leftOut: [], bytesMax: 850 * KB },
  api: { handler: 'api', leftOut: [], bytesMax: 600 * KB, servesPage: true },
  evaluate: { handler: 'evaluate', leftOut: [], bytesMax: 600 * KB },
  gate: { handler: 'gate', leftOut: [], bytesMax: 600 * KB },
  restore: { handler: 'restore', leftOut: [MSK_IAM], bytesMax: 700 * KB },
  'restore-msk-iam': { handler: 'restore', leftOut: [], bytesMax: 850 * KB },
  slack: { handler: 'slack', leftOut: [], bytesMax: 600 * KB },
} as const satisfies Record<string, FunctionBundle>;

export type BundleName = keyof typeof BUNDLES;

/** The file that Lambda loads. */
export const BUNDLE_FILE = 'index.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Where the package carries its bundles; in a clone of the repository there is no such folder. */
export const prebuiltFolder = (name: BundleName): string => join(ROOT, 'functions', name);

/** The files of a bundle that a cold start reads: the one that Lambda loads, and what it imports at once. */
export function coldStartFiles(
  folder: string,
  file: string = BUNDLE_FILE,
  found = new Set<string>(),
): ReadonlySet<string> {
  found.add(file);
  const code = readFileSync(join(folder, file), 'utf8');
  for (const [, imported = ''] of code.matchAll(/(?:from|import)"\.\/([^"]+)"/g)) {
    if (!found.has(imported)) coldStartFiles(folder, imported, found);
  }
  return found;
}

/** Bundles a function from the sources, which only a clone of the repository has. */
export function bundleInto(name: BundleName, folder: string): void {
  const { handler, leftOut, servesPage }: FunctionBundle = BUNDLES[name];
  // Loaded here: the package's users have no need of it.
  const { buildSync } = createRequire(import.meta.url)('esbuild') as typeof import('esbuild');
  buildSync({
    entryPoints: [{ in: join(ROOT, 'lambdas', handler, 'handler.ts'), out: 'index' }],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    // What is imported when first needed goes into files of its own, which a cold start does not read.
    splitting: true,
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minify: true,
    mainFields: ['module', 'main'],
    external: [...NEVER_LOADED, ...leftOut],
    // CommonJS packages call `require`. A long name: a short one would clash with minified ones.
    banner: {
      js: "import{createRequire as __sluicegateCreateRequire}from'node:module';const require=__sluicegateCreateRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  if (servesPage) writePageFiles(join(folder, PAGE_FOLDER), bundlePage());
}

/**
 * Parts of the SDK that no function ever loads, a seventh of the bundle: a function's credentials stand in its
 * environment, where the SDK looks first, and it is no browser whose name has to be parsed.
 */
const NEVER_LOADED = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-login',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
  'bowser',
];
