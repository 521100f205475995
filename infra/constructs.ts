/** What `import … from 'sluicegate'` gives: the constructs for anyone's CDK app, and the words to configure them. */
export type { ConfigInput } from '../lambdas/config/config.ts';
export { LagChecker, type LagCheckerProps } from './lag-checker.ts';
