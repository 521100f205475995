/** What AWS asks for one unit. */
export interface Price {
  readonly usd: number;
  /** What one unit is. */
  readonly per: string;
  /** Where AWS publishes it. */
  readonly page: string;
}

/** Of which region the prices are. */
export const PRICES_REGION = 'us-east-1';

/** The day on which they were collected. AWS changes prices rarely, and mostly downwards. */
export const PRICES_AS_OF = '2026-11-24';

const LAMBDA = 'https://aws.amazon.com/lambda/pricing/';
const DYNAMODB = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';
const CLOUDWATCH = 'https://aws.amazon.com/cloudwatch/pricing/';
const SNS = 'https://aws.amazon.com/sns/pricing/';
const FARGATE = 'https://aws.amazon.com/fargate/pricing/';

/** Public list prices beyond every free tier: an account may have used those up for something else. */
export const PRICES = {
  lambdaRequest: { usd: 0.2e-6, per: 'request', page: LAMBDA },
  /** arm64. */
  lambdaGbS: { usd: 1.33334e-5, per: 'GB-second', page: LAMBDA },
  writeUnit: { usd: 0.625e-6, per: 'write request unit', page: DYNAMODB },
  readUnit: { usd: 0.125e-6, per: 'read request unit', page: DYNAMODB },
  tableGb: { usd: 0.25, per: 'GB and month', page: DYNAMODB },
  recoveryGb: { usd: 0.2, per: 'GB and month', page: DYNAMODB },
  schedulerInvocation: {
    usd: 1e-6,
    per: 'invocation',
    page: 'https://aws.amazon.com/eventbridge/pricing/',
  },
  snsPublish: { usd: 0.5e-6, per: 'publish', page: SNS },
  snsMail: { usd: 2e-5, per: 'mail', page: SNS },
  metric: { usd: 0.3, per: 'metric and month', page: CLOUDWATCH },
  alarm: { usd: 0.1, per: 'metric of an alarm and month', page: CLOUDWATCH },
  dashboard: { usd: 3, per: 'dashboard and month', page: CLOUDWATCH },
  logIngestedGb: { usd: 0.5, per: 'GB', page: CLOUDWATCH },
  logStoredGb: { usd: 0.03, per: 'GB and month', page: CLOUDWATCH },
  /** In steps of 512 KB of the request's or the answer's size. */
  httpApiRequest: { usd: 1e-6, per: 'request', page: 'https://aws.amazon.com/api-gateway/pricing/' },
  /** To the internet; within the region it may be less. */
  transferOutGb: { usd: 0.09, per: 'GB', page: 'https://aws.amazon.com/ec2/pricing/on-demand/' },
  secret: { usd: 0.4, per: 'secret and month', page: 'https://aws.amazon.com/secrets-manager/pricing/' },
  secretCall: { usd: 5e-6, per: 'call', page: 'https://aws.amazon.com/secrets-manager/pricing/' },
  key: { usd: 1, per: 'key and month', page: 'https://aws.amazon.com/kms/pricing/' },
  endpointHour: { usd: 0.01, per: 'endpoint, zone and hour', page: 'https://aws.amazon.com/privatelink/pricing/' },
  /** arm64. */
  fargateVcpuHour: { usd: 0.03238, per: 'vCPU and hour', page: FARGATE },
  fargateGbHour: { usd: 0.00356, per: 'GB and hour', page: FARGATE },
  loadBalancerHour: {
    usd: 0.0225,
    per: 'load balancer and hour',
    page: 'https://aws.amazon.com/elasticloadbalancing/pricing/',
  },
} as const satisfies Record<string, Price>;

export type PriceName = keyof typeof PRICES;

/** What a metric costs when there are many of them, step by step: so many of the account's at so much each. */
export const METRIC_STEPS: readonly { readonly upTo: number; readonly usd: number }[] = [
  { upTo: 10_000, usd: PRICES.metric.usd },
  { upTo: 250_000, usd: 0.1 },
  { upTo: 1_000_000, usd: 0.05 },
  { upTo: Number.POSITIVE_INFINITY, usd: 0.02 },
];
