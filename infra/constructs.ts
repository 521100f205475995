/** What `import … from 'sluicegate'` gives: the constructs for anyone's CDK app, and the words to configure them. */
export type { ConfigInput } from '../lambdas/config/config.ts';
export { DeployGate } from './deploy-gate.ts';
export type { DeployGateProps } from './deploy-gate-props.ts';
export type { EcsHookProps } from './ecs-hook.ts';
export type { GateApprovalProps } from './gate-approval.ts';
export type { GatedRelease, GatePolicy, NewVersion } from './gated-release.ts';
export { LagChecker } from './lag-checker.ts';
export type { LagCheckerProps } from './lag-checker-props.ts';
export type { GateActionProps } from './pipeline-actions.ts';
