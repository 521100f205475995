import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ENV } from '../lambdas/contract.ts';
import { AccessToken } from './access-token.ts';
import { BundledFunction, type FunctionSettings } from './bundled-function.ts';
import { LagHttpApi } from './http-api.ts';

/** An HTTP API waits for its function for 30 s; an answer later than that reaches nobody. */
const TIMEOUT = Duration.seconds(29);

/** What can be asked over HTTPS, and by whom: the function `api` behind an HTTP API, and the token that it wants. */
export class WebAccess extends Construct {
  /** It reads the table and its token, and nothing else. */
  readonly function: IFunction;
  readonly token: ISecret;
  readonly http: LagHttpApi;
  readonly url: string;

  constructor(scope: Construct, id: string, { settings, table }: { settings: FunctionSettings; table: TableV2 }) {
    super(scope, id);
    const token = new AccessToken(this, 'Token');
    const bundled = new BundledFunction(this, 'Bundled', {
      ...settings,
      bundle: 'api',
      description: 'sluicegate: answers over HTTP',
      environment: { [ENV.table]: table.tableName, [ENV.apiTokenArn]: token.secret.secretArn },
      timeout: TIMEOUT,
    });
    table.grant(bundled.role, 'dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query');
    token.grantRead(bundled.role);
    this.function = bundled.function;
    this.token = token.secret;
    this.http = new LagHttpApi(this, 'Http', { api: bundled.function, logRetention: settings.logRetention });
    this.url = this.http.url;
  }
}
