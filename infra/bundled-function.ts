import { fileURLToPath } from 'node:url';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { type BundlingOptions, LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface BundledFunctionProps {
  /** Its folder in `lambdas/`. */
  readonly name: 'snapshot' | 'evaluate' | 'slack';
  readonly description: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The staged configuration, copied beside the code. */
  readonly configFile: string;
  /** Packages that this configuration never loads: they stay out of the bundle. */
  readonly unusedModules: readonly string[];
  /** The budget for its code: what a cold start has to load. */
  readonly bundleBytesMax: number;
}

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/** One of our functions: its bundle, a role of its own that so far may write its log only, and that log. */
export class BundledFunction extends Construct {
  readonly function: NodejsFunction;
  readonly role: Role;
  readonly name: string;
  readonly bundleBytesMax: number;

  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id);
    this.name = props.name;
    this.bundleBytesMax = props.bundleBytesMax;
    const logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `sluicegate: ${props.name}`,
    });
    logGroup.grantWrite(this.role);
    this.function = new NodejsFunction(this, 'Function', {
      entry: `${PROJECT}lambdas/${props.name}/handler.ts`,
      projectRoot: PROJECT,
      depsLockFilePath: `${PROJECT}package-lock.json`,
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      // Memory buys CPU, and a cold start is CPU: 512 MB are 0.3 of a core. The code itself needs about 100 MB.
      memorySize: 512,
      // An invocation that has not ended when the next slot begins is of no more use.
      timeout: Duration.seconds(59),
      // The name that Powertools writes into each log line and metric.
      environment: { POWERTOOLS_SERVICE_NAME: props.name, ...props.environment },
      role: this.role,
      logGroup,
      bundling: bundlingOf(props),
    });
  }
}

function bundlingOf({ configFile, unusedModules }: BundledFunctionProps): BundlingOptions {
  return {
    format: OutputFormat.ESM,
    target: 'node24',
    minify: true,
    mainFields: ['module', 'main'],
    // The SDK too: a bundled one loads faster than the runtime's, and is the version that was tested.
    bundleAwsSDK: true,
    externalModules: [...NEVER_LOADED, ...unusedModules],
    logLevel: LogLevel.WARNING,
    // CommonJS packages call `require`. A long name: a short one would clash with minified ones.
    banner:
      "import{createRequire as __sluicegateCreateRequire}from'node:module';const require=__sluicegateCreateRequire(import.meta.url);",
    commandHooks: {
      beforeBundling: () => [],
      beforeInstall: () => [],
      afterBundling: (_input, output) => [`cp ${quoted(configFile)} ${quoted(output)}`],
    },
  };
}

/**
 * Parts of the SDK that no function ever loads, a seventh of the bundle: a function's credentials stand in its
 * environment, where the SDK looks first, and it is no browser whose name has to be parsed.
 */
const NEVER_LOADED = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-login',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
  'bowser',
];

const quoted = (path: string): string => `'${path.replaceAll("'", `'\\''`)}'`;
