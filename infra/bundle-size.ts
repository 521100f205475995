import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Stage } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { BundledFunction } from './bundled-function.ts';

/** The context key that has synth note where each asset lies; the CDK CLI sets it too. */
export const ASSET_PATHS = 'aws:cdk:enable-asset-metadata';

/** A function's code, minified, against its budget. */
export interface BundleSize {
  readonly name: string;
  readonly bytes: number;
  readonly bytesMax: number;
}

/** The size of a bundle that this synth has made. */
export function bundleSizeOf({ name, function: bundle, bundleBytesMax }: BundledFunction): BundleSize {
  const resource = bundle.node.defaultChild;
  const asset = resource instanceof CfnFunction ? resource.getMetadata('aws:asset:path') : undefined;
  if (typeof asset !== 'string') throw new Error(`invariant: the function ${name} has an asset`);
  const code = join(Stage.of(bundle)?.outdir ?? '', asset, 'index.mjs');
  return { name, bytes: statSync(code).size, bytesMax: bundleBytesMax };
}

/** `snapshot: 612 KB of 850 KB`. */
export const bundleSizeText = ({ name, bytes, bytesMax }: BundleSize): string =>
  `${name}: ${Math.ceil(bytes / 1_024)} KB of ${bytesMax / 1_024} KB${bytes > bytesMax ? ' — TOO LARGE' : ''}`;
