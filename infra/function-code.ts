import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Stack, Stage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { CONFIG_FILE } from '../lambdas/contract.ts';
import { type BundleName, bundleInto, prebuiltFolder } from './function-bundles.ts';

/** Commands that deploy nothing, `cdk list` for one, bundle nothing. */
const NOT_BUNDLED = Code.fromInline('throw new Error("not bundled")');

/** The bundle with the configuration beside it: the package's own, or made from the sources. */
export function functionCode(scope: Construct, bundle: BundleName, configFile: string): Code {
  if (!Stack.of(scope).bundlingRequired) return NOT_BUNDLED;
  const folder = resolve(Stage.of(scope)?.outdir ?? '', `bundle-${scope.node.addr}`);
  mkdirSync(folder, { recursive: true });
  const prebuilt = prebuiltFolder(bundle);
  if (existsSync(prebuilt)) cpSync(prebuilt, folder, { recursive: true });
  else bundleInto(bundle, folder);
  cpSync(configFile, join(folder, CONFIG_FILE));
  return Code.fromAsset(folder);
}
