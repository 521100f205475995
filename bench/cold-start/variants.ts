import { cpSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { BUNDLE_FILE, BUNDLES, type BundleName, bundleInto, coldStartFiles } from '../../infra/function-bundles.ts';
import { bundlePage } from '../../lambdas/api/page/bundle/bundle-page.ts';
import { PAGE_FOLDER, writePageFiles } from '../../lambdas/api/page/bundle/page-files.ts';
import { CONFIG_FILE } from '../../lambdas/contract.ts';

/** One way to deploy a function: a folder as Lambda unpacks it. */
export interface Variant {
  readonly folder: string;
  /** Of the code that a cold start reads, without what the runtime brings. */
  readonly codeBytes: number;
}

const USUAL_FILE = 'handler.cjs';

/** As it is deployed. */
export function oursOf(name: BundleName, folder: string, configFile: string): Variant {
  mkdirSync(folder, { recursive: true });
  bundleInto(name, folder);
  return variantIn(folder, configFile);
}

/**
 * As `NodejsFunction` bundles when nothing is said: CommonJS, not minified, the SDK from the runtime. It stands in the
 * project's folder, whose node_modules are that SDK.
 */
export function usualOf(name: BundleName, folder: string, configFile: string): Variant {
  mkdirSync(folder, { recursive: true });
  buildSync({
    entryPoints: [resolve('lambdas', BUNDLES[name].handler, 'handler.ts')],
    outfile: join(folder, USUAL_FILE),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    external: ['@aws-sdk/*', '@smithy/*'],
    logLevel: 'error',
  });
  writeFileSync(join(folder, BUNDLE_FILE), `import code from './${USUAL_FILE}';\nexport const { handler } = code;\n`);
  if (BUNDLES[name].handler === 'api') writePageFiles(join(folder, PAGE_FOLDER), bundlePage());
  return variantIn(folder, configFile);
}

/** The runtime alone. */
export function emptyIn(folder: string): Variant {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, BUNDLE_FILE), 'export const handler = async () => null;\n');
  return { folder, codeBytes: 0 };
}

function variantIn(folder: string, configFile: string): Variant {
  const code = existsSync(join(folder, USUAL_FILE)) ? [USUAL_FILE] : [...coldStartFiles(folder)];
  const codeBytes = code.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  cpSync(configFile, join(folder, CONFIG_FILE));
  return { folder, codeBytes };
}
