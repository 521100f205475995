import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ConfigInput } from '../lambdas/config/config.ts';
import { CONFIG_FILE } from '../lambdas/contract.ts';

/**
 * Writes the configuration into the cloud assembly's folder, from where each bundle takes its copy, and gives its path.
 * Beside the code, because an environment holds 4 KB and any other place would need an endpoint in the VPC.
 */
export function stageConfig(scope: Construct, config: ConfigInput): string {
  // Absolute: esbuild, after which it is copied, runs in another folder.
  const folder = resolve(Stage.of(scope)?.outdir ?? '', `config-${scope.node.addr}`);
  mkdirSync(folder, { recursive: true });
  const file = resolve(folder, CONFIG_FILE);
  writeFileSync(file, JSON.stringify(config));
  return file;
}
