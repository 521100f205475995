import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { BUNDLES, type BundleName } from './function-bundles.ts';
import { functionCode } from './function-code.ts';

export interface BundledFunctionProps {
  readonly bundle: BundleName;
  readonly description: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The staged configuration, copied beside the code. */
  readonly configFile: string;
}

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
      retention: RetentionDays.ONE_MONTH,
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
      // Memory buys CPU, and a cold start is CPU: 512 MB are 0.3 of a core. The code itself needs about 100 MB.
      memorySize: 512,
      // An invocation that has not ended when the next slot begins is of no more use.
      timeout: Duration.seconds(59),
      environment: { POWERTOOLS_SERVICE_NAME: name, ...props.environment },
      role: this.role,
      logGroup,
    });
  }
}
