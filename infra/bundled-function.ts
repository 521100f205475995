import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { BUNDLES, type BundleName } from './function-bundles.ts';
import { functionCode } from './function-code.ts';
import { MEMORY_MB } from './function-memory.ts';

/** What all functions of a stack have in common. */
export interface FunctionSettings {
  /** The staged configuration, copied beside the code. */
  readonly configFile: string;
  readonly logRetention: RetentionDays;
  /** Whether X-Ray follows invocations. */
  readonly tracing: boolean;
}

export interface BundledFunctionProps extends FunctionSettings {
  readonly bundle: BundleName;
  readonly description: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Default: `FUNCTION_TIMEOUT`. */
  readonly timeout?: Duration;
  /** Where events go that failed in every retry. Default: nowhere. */
  readonly deadLetters?: IQueue;
}

/** An invocation that has not ended when the next slot begins is of no more use. */
export const FUNCTION_TIMEOUT = Duration.seconds(59);

/** One of our functions: its bundle, a role of its own that so far may write its log only, and that log. */
export class BundledFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;
  readonly bundle: BundleName;

  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id);
    this.bundle = props.bundle;
    // The name that Powertools writes into each log line and metric.
    const { handler: name } = BUNDLES[props.bundle];
    const logGroup = new LogGroup(this, 'Log', {
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `sluicegate: ${name}`,
    });
    logGroup.grantWrite(this.role);
    this.function = new LambdaFunction(this, 'Function', {
      code: functionCode(this, props.bundle, props.configFile),
      handler: 'index.handler',
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: MEMORY_MB,
      timeout: props.timeout ?? FUNCTION_TIMEOUT,
      // None is reserved: an account may have no more than ten to give, of which AWS lets none be reserved. What runs at
      // once is bounded by the schedules, and by the throttling of the HTTP API.
      reservedConcurrentExecutions: undefined,
      tracing: props.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      deadLetterQueue: props.deadLetters,
      environment: { POWERTOOLS_SERVICE_NAME: name, ...props.environment },
      role: this.role,
      logGroup,
    });
    if (props.tracing) acknowledgeTracing(this.role);
  }
}

/** The library puts X-Ray's rights into the role's own policy. */
function acknowledgeTracing(role: Role): void {
  Validations.of(role.node.findChild('DefaultPolicy')).acknowledge({
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    reason: 'X-Ray knows no resources: whoever may send traces may send them all.',
  });
}
