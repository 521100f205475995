import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, type HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct } from 'constructs';

/**
 * Burrow's clients ask once for each group, all at a time: this is room for some hundreds of groups, and dozens of pages.
 * It also bounds what strangers can cost who know the address: their requests are refused by the function, which is charged.
 */
const REQUESTS_PER_S = 50;
const BURST = 500;

export interface HttpApiProps {
  /** Answers whatever no other route takes. */
  readonly api: IFunction;
  readonly logRetention: RetentionDays;
}

/**
 * The way in over HTTPS. It knows no caller: the functions check the token themselves, because Telegraf can send it as a
 * password only, Flagger only inside its body, and a browser only as a cookie; no authorizer of API Gateway reads all three.
 */
export class LagHttpApi extends Construct {
  readonly url: string;
  readonly #api: HttpApi;

  constructor(scope: Construct, id: string, { api, logRetention }: HttpApiProps) {
    super(scope, id);
    this.#api = new HttpApi(this, 'Api', {
      description: 'sluicegate',
      createDefaultStage: false,
      defaultIntegration: new HttpLambdaIntegration('Read', api),
    });
    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.#api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: REQUESTS_PER_S, burstLimit: BURST },
      // Who asked for what, and how it ended. Never headers: one of them is the token.
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
    this.url = stage.url;
    acknowledgeOpenRoute(this.#api.node.findChild('DefaultRoute'));
  }

  /** Routes that another function answers. */
  route(path: string, methods: HttpMethod[], handler: IFunction): void {
    const integration = new HttpLambdaIntegration(path.replaceAll(/\W/g, ''), handler);
    for (const route of this.#api.addRoutes({ path, methods, integration })) acknowledgeOpenRoute(route);
  }
}

const ACCESS_LOG = {
  at: '$context.requestTime',
  from: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  tookMs: '$context.responseLatency',
  requestId: '$context.requestId',
  error: '$context.integrationErrorMessage',
};

function acknowledgeOpenRoute(route: IConstruct): void {
  Validations.of(route).acknowledge({
    id: 'AwsSolutions::AwsSolutions-APIG4',
    reason:
      'The function behind it checks a token, which some callers can send in forms only that no authorizer reads.',
  });
}
