import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundlePage } from '../../lambdas/api/page/bundle/bundle-page.ts';
import { PAGE_FOLDER, writePageFiles } from '../../lambdas/api/page/bundle/page-files.ts';
import { BUNDLE_FILE, BUNDLES, type BundleName, bundleInto } from '../function-bundles.ts';

/**
 * Makes `dist/`: what the package holds beside its launcher. Node strips no types below node_modules, so everything is
 * compiled; functions are bundled, so that a CDK app that uses the constructs needs no bundler.
 */
const DIST = 'dist';

/** Read at run time, at the same place relative to the code as in the repository. */
const COPIED = ['sluicegate.config.example.json', 'local/demo.config.json'];

rmSync(DIST, { recursive: true, force: true });
execFileSync('npx', ['--no-install', 'tsc', '-p', 'tsconfig.package.json'], { stdio: 'inherit' });
for (const file of COPIED) cpSync(file, join(DIST, file));
const { name, version, type } = JSON.parse(readFileSync('package.json', 'utf8'));
writeFileSync(join(DIST, 'package.json'), `${JSON.stringify({ name, version, type })}\n`);

for (const bundle of Object.keys(BUNDLES) as BundleName[]) {
  const folder = join(DIST, 'functions', bundle);
  mkdirSync(folder, { recursive: true });
  bundleInto(bundle, folder);
  if (!existsSync(join(folder, BUNDLE_FILE))) throw new Error(`${bundle} was not bundled`);
}

// For `sluicegate local`; the api function has its own copy beside its code.
writePageFiles(join(DIST, PAGE_FOLDER), bundlePage());
