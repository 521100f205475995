/** Names that the wired gate's stack and those who ask it here share. */
export const WIRED = {
  pipeline: 'billing',
  deploymentGroup: 'billing/live',
  ecsService: 'consumers/billing',
  stateMachine: 'release-billing',
  /** Of every release here: one that is finished before there was a decision goes on. */
  release: { strategy: 'rolling', canary: { client: '^new' }, onInconclusive: 'promote' },
} as const;
