import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/** Letters and digits, so that it fits into a header, a URL and a shell without escaping: some 250 bits. */
const TOKEN_CHARACTERS = 43;

/** What a caller of the HTTP API has to know. AWS makes it up: it stands in no template, no log and no file. */
export class AccessToken extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      description: 'sluicegate: the token that the HTTP API asks for',
      generateSecretString: { passwordLength: TOKEN_CHARACTERS, excludePunctuation: true },
      // Worth nothing without the API, which goes with the stack.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this.secret).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SMG4',
      reason:
        'A new token locks out every scraper and pipeline that has the old one: people change it, when they tell those. docs/deploying.md says how.',
    });
  }

  grantRead(role: IRole): void {
    const resources = [this.secret.secretArn];
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources }));
  }
}
