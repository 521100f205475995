import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { ENV } from '../lambdas/contract.ts';
import { BundledFunction, type FunctionSettings } from './bundled-function.ts';
import { DeadLetters } from './dead-letters.ts';

export interface SlackFunctionProps {
  readonly settings: FunctionSettings;
  /** In form `json`. */
  readonly topic: ITopic;
  readonly operations: ITopic;
  /** Of the secret that holds the webhook's URL. */
  readonly webhookSecretArn: string;
}

/** Posts the notices of a topic to a Slack channel. It reads one secret and nothing else. */
export class SlackFunction extends Construct {
  constructor(scope: Construct, id: string, { settings, topic, operations, webhookSecretArn }: SlackFunctionProps) {
    super(scope, id);
    const bundled = new BundledFunction(this, 'Bundled', {
      ...settings,
      bundle: 'slack',
      description: 'sluicegate: posts notices to Slack',
      environment: { [ENV.slackWebhookArn]: webhookSecretArn },
      deadLetters: new DeadLetters(this, 'NotPosted', { operations }).queue,
    });
    bundled.role.addToPolicy(
      new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [webhookSecretArn] }),
    );
    topic.addSubscription(new LambdaSubscription(bundled.function));
    // What Slack did not take in a minute is tried again by Lambda, after one minute and after two more.
    bundled.function.configureAsyncInvoke({ retryAttempts: 2 });
  }
}
