import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Stage } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { BundledFunction } from './bundled-function.ts';
import { BUNDLE_FILE, BUNDLES } from './function-bundles.ts';

/** The context key that has synth note where each asset lies; the CDK CLI sets it too. */
export const ASSET_PATHS = 'aws:cdk:enable-asset-metadata';

/** A function's code, minified, against its budget. */
export interface BundleSize {
  readonly name: string;
  readonly bytes: number;
  readonly bytesMax: number;
}

/** The size of a bundle that this synth has made. */
export function bundleSizeOf({ bundle, function: deployed }: BundledFunction): BundleSize {
  const resource = deployed.node.defaultChild;
  const asset = resource instanceof CfnFunction ? resource.getMetadata('aws:asset:path') : undefined;
  if (typeof asset !== 'string') throw new Error(`invariant: the function ${bundle} has an asset`);
  const code = join(Stage.of(deployed)?.outdir ?? '', asset, BUNDLE_FILE);
  return { name: bundle, bytes: statSync(code).size, bytesMax: BUNDLES[bundle].bytesMax };
}

/** `snapshot: 612 KB of 850 KB`. */
export const bundleSizeText = ({ name, bytes, bytesMax }: BundleSize): string =>
  `${name}: ${Math.ceil(bytes / 1_024)} KB of ${bytesMax / 1_024} KB${bytes > bytesMax ? ' — TOO LARGE' : ''}`;
