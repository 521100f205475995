import { Match } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { aCluster, grantsOf, lagCheckerTemplate, templateOf } from '../builders/lag-checker-template.ts';

const template = lagCheckerTemplate();
const arnOf = (id: string) => ({ 'Fn::GetAtt': [expect.stringContaining(id), 'Arn'] });
const tokenRef = { Ref: expect.stringContaining('WebTokenSecret') };

test('the api function may read the table and its token, and no more', () => {
  const table = arnOf('HistoryTable');
  expect(grantsOf(template, 'LagCheckerWebBundledRole')).toEqual({
    'logs:CreateLogStream': arnOf('Log'),
    'logs:PutLogEvents': arnOf('Log'),
    'dynamodb:BatchGetItem': table,
    'dynamodb:GetItem': table,
    'dynamodb:Query': table,
    'secretsmanager:GetSecretValue': tokenRef,
  });
});

test('its token is made by AWS, and stands in no template', () => {
  template.hasResourceProperties('AWS::SecretsManager::Secret', {
    GenerateSecretString: { PasswordLength: 43, ExcludePunctuation: true },
    SecretString: Match.absent(),
  });
});

test('it gives up before the HTTP API does', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    Timeout: 29,
    Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'api' } },
  });
});

test('the HTTP API is throttled, and logs who asked for what, but never a header', () => {
  template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
    StageName: '$default',
    DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 500 },
  });
  const [stage] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));
  const { Format } = stage?.['Properties'].AccessLogSettings ?? {};
  const logged = Object.values<string>(JSON.parse(Format));
  expect(logged).toContain('$context.path');
  for (const value of logged) expect(value).not.toMatch(/header|authoriz/i);
});

test('whoever wants no HTTP API has none, and no token that costs', () => {
  const without = templateOf({ clusters: [aCluster] }, () => ({ httpApi: false }));
  without.resourceCountIs('AWS::ApiGatewayV2::Api', 0);
  without.resourceCountIs('AWS::SecretsManager::Secret', 0);
  without.resourceCountIs('AWS::Lambda::Function', 2);
});
