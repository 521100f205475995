import { App, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { ConfigInput } from '../lambdas/config/config.ts';
import { ASSET_PATHS, bundleSizeOf, bundleSizeText } from './bundle-size.ts';
import { BundledFunction } from './bundled-function.ts';
import { readConfigFile } from './config-file.ts';
import { DeployGate } from './deploy-gate.ts';
import { LagChecker } from './lag-checker.ts';

const app = new App({ context: { [ASSET_PATHS]: true } });
// Known at a deployment only. Nothing is looked up, so that an offline synth needs neither.
const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;
const stack = new Stack(app, 'Sluicegate', { env: { account, region } });
const lagChecker = new LagChecker(stack, 'LagChecker', {
  config: configOrExit(app.node.tryGetContext('config')),
  dashboard: app.node.tryGetContext('dashboard') === 'true',
});
const pipelines: unknown = app.node.tryGetContext('pipelines');
new DeployGate(stack, 'DeployGate', {
  lagChecker,
  pipelines: typeof pipelines === 'string' ? pipelines.split(',') : [],
});
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

// `cdk list` and `cdk destroy` bundle nothing.
const bundled = stack.bundlingRequired ? stack.node.findAll() : [];
for (const construct of bundled) {
  if (!(construct instanceof BundledFunction)) continue;
  const size = bundleSizeOf(construct);
  console.warn(bundleSizeText(size));
  if (size.bytes > size.bytesMax) process.exitCode = 1;
}

/** A mistake in the configuration is told in its own words: where our code noticed it helps nobody. */
function configOrExit(named: unknown): ConfigInput {
  try {
    return readConfigFile(typeof named === 'string' ? named : null, console.warn);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}
