/** The demo's consumer groups, named by what happens to them. Each reads one topic of its own. */
export const DEMO_GROUPS = {
  'orders-healthy': { topic: 'orders.healthy', partitions: 3 },
  'orders-workers': { topic: 'orders.workers', partitions: 4 },
  'orders-burst': { topic: 'orders.burst', partitions: 3 },
  'orders-stopped': { topic: 'orders.stopped', partitions: 3 },
  'orders-stalled': { topic: 'orders.stalled', partitions: 3 },
  'orders-slow': { topic: 'orders.slow', partitions: 3 },
  'payments-good': { topic: 'payments.good', partitions: 6 },
  'payments-bad': { topic: 'payments.bad', partitions: 6 },
} as const;

export type DemoGroup = keyof typeof DEMO_GROUPS;

/** Those that get a new version while the demo runs. */
export const RELEASED_GROUPS = ['payments-good', 'payments-bad'] as const satisfies readonly DemoGroup[];

export type ReleasedGroup = (typeof RELEASED_GROUPS)[number];

export const DEMO_GROUP_NAMES = Object.keys(DEMO_GROUPS) as readonly DemoGroup[];
