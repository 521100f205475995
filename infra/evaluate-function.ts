import { Stack } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENV } from '../lambdas/contract.ts';
import { BundledFunction, type FunctionSettings } from './bundled-function.ts';
import { EVALUATE_NODE_OPTIONS } from './function-memory.ts';
import type { Topics } from './topics.ts';

export interface EvaluateFunctionProps {
  readonly settings: FunctionSettings;
  readonly table: TableV2;
  readonly topics: Topics;
  /** Name or ARN of the bus that notices go to as well; null: none. */
  readonly eventBus: string | null;
}

/** Judges what was sampled and tells of it. It cannot reach a broker. */
export class EvaluateFunction extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, { settings, table, topics, eventBus }: EvaluateFunctionProps) {
    super(scope, id);
    const bundled = new BundledFunction(this, 'Bundled', {
      ...settings,
      bundle: 'evaluate',
      description: 'sluicegate: judges samples, sends notices',
      environment: {
        [ENV.table]: table.tableName,
        [ENV.topicArns]: topics.topicArns().join(' '),
        NODE_OPTIONS: EVALUATE_NODE_OPTIONS,
      },
    });
    this.function = bundled.function;
    table.grant(
      bundled.role,
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    );
    topics.grantPublishNotices(bundled.role);
    if (eventBus !== null) {
      const resources = [busArn(Stack.of(this), eventBus)];
      bundled.role.addToPolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources }));
    }
    // It takes every sample that is new and writes on condition: trying again is safe, and the next slot may be an hour away.
    bundled.function.configureAsyncInvoke({ retryAttempts: 2 });
  }
}

const busArn = (stack: Stack, bus: string): string =>
  bus.startsWith('arn:') ? bus : stack.formatArn({ service: 'events', resource: 'event-bus', resourceName: bus });
