/** The stack of `infra/app.ts`, with a gate that every kind of caller may ask: what a test deploys beside it. */
import { App, Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ASSET_PATHS } from '../../../infra/bundle-size.ts';
import { readConfigFile } from '../../../infra/config-file.ts';
import { DeployGate } from '../../../infra/deploy-gate.ts';
import { LagChecker } from '../../../infra/lag-checker.ts';
import { WIRED } from './wired-gate.ts';

const app = new App({ context: { [ASSET_PATHS]: true } });
const stack = new Stack(app, 'Sluicegate');
const lagChecker = new LagChecker(stack, 'LagChecker', {
  config: readConfigFile(app.node.tryGetContext('config'), console.warn),
  dashboard: true,
});
const { pipeline, deploymentGroup, ecsService, stateMachine, release } = WIRED;
new DeployGate(stack, 'DeployGate', {
  lagChecker,
  pipelines: [pipeline],
  approvals: [new Topic(stack, 'Approvals')],
  codeDeploy: { [deploymentGroup]: { ...release, group: 'on-codedeploy' } },
  ecsServices: [ecsService],
  stateMachines: [stateMachine],
  http: true,
});
