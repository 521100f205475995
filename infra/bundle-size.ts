import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Stage } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { BundledFunction } from './bundled-function.ts';
import { BUNDLES, coldStartFiles } from './function-bundles.ts';

/** The context key that has synth note where each asset lies; the CDK CLI sets it too. */
export const ASSET_PATHS = 'aws:cdk:enable-asset-metadata';

/** What a cold start of a function reads, minified, against its budget. */
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
  const folder = join(Stage.of(deployed)?.outdir ?? '', asset);
  return { name: bundle, bytes: coldStartBytesOf(folder), bytesMax: BUNDLES[bundle].bytesMax };
}

/** What a cold start of the bundle in this folder reads. */
export const coldStartBytesOf = (folder: string): number =>
  [...coldStartFiles(folder)].reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);

/** `snapshot: 612 KB of 850 KB`. */
export const bundleSizeText = ({ name, bytes, bytesMax }: BundleSize): string =>
  `${name}: ${Math.ceil(bytes / 1_024)} KB of ${bytesMax / 1_024} KB${bytes > bytesMax ? ' — TOO LARGE' : ''}`;
