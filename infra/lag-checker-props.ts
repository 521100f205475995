import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Config, ConfigInput } from '../lambdas/config/config.ts';
import { parseConfigForAws } from '../lambdas/config/on-aws.ts';
import { networkProblems, type UsualNetworkProps } from './usual-network.ts';

export interface LagCheckerProps extends UsualNetworkProps {
  /** What `sluicegate.config.json` holds; checked here, so that a mistake stops the synth and not the night. */
  readonly config: ConfigInput;
  /**
   * Encrypts the topics, where a policy asks for a key of one's own: 1 USD a month. Its policy must be open to
   * additions, as that of a key made by the CDK is. Default: Amazon's key for notices, SNS's disk encryption for alarms.
   */
  readonly topicKey?: IKey;
  /** Hears the alarms about sluicegate itself; its policy must let CloudWatch publish. Default: a topic of our own. */
  readonly operationsTopic?: ITopic;
  /** The page, `/metrics`, Burrow's API and JSON over HTTPS, with a token. Default: true. */
  readonly httpApi?: boolean;
  /** One screen of CloudWatch, for 3 USD a month: the status page shows the groups in any case. Default: false. */
  readonly dashboard?: boolean;
  /**
   * X-Ray for every invocation, for 5 USD per million. Log lines carry slot and request id in any case, which is enough
   * to follow a sample. Default: false.
   */
  readonly tracing?: boolean;
  /** How long logs are kept. Default: a month, in which most questions about an incident are asked. */
  readonly logRetention?: RetentionDays;
}

/** The configuration, checked. Throws with every problem of the props, each with its name. */
export function checkedConfig(scope: Construct, props: LagCheckerProps): Config {
  const config = parseConfigForAws(props.config, `the config of ${scope.node.path}`);
  const problems = [...networkProblems(props), ...uselessVpc(props, config)];
  if (problems.length === 0) return config;
  throw new Error(`${scope.node.path} has wrong props:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
}

const uselessVpc = ({ vpc }: LagCheckerProps, { clusters }: Config): readonly string[] =>
  vpc !== undefined && clusters.every((cluster) => cluster.vpc !== null)
    ? ['vpc: no cluster is read from there, since each one names its own "vpc" in the config']
    : [];
