import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type IRole, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/**
 * Topics of two kinds, so that nobody's filter on notices can hide that sluicegate itself is down: some tell of groups,
 * one of us.
 */
export class Topics extends Construct {
  /** Notices about groups, by the configured name; subscribers filter by their attributes. */
  readonly notices: ReadonlyMap<string, Topic>;
  /** Alarms about sluicegate itself, unfiltered. */
  readonly operations: Topic;
  readonly #key: Key;

  /** @param names of the notice topics, in the order of the configuration */
  constructor(scope: Construct, id: string, { names }: { readonly names: readonly string[] }) {
    super(scope, id);
    // CloudWatch can't publish to a topic under the AWS managed key, whose policy nobody may change.
    this.#key = new Key(this, 'Key', {
      description: 'sluicegate: SNS topics',
      enableKeyRotation: true,
      // Topics keep nothing that it would have to decrypt after the stack is gone.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const settings = { displayName: 'sluicegate', masterKey: this.#key, enforceSSL: true };
    this.notices = new Map(names.map((name) => [name, new Topic(this, `Notices-${name}`, settings)]));
    this.operations = new Topic(this, 'Operations', {
      displayName: 'sluicegate operations',
      masterKey: this.#key,
      enforceSSL: true,
    });
    this.#admitAlarms();
  }

  /** Of the notice topics, in the order of the configuration. */
  topicArns(): string[] {
    return [...this.notices.values()].map(({ topicArn }) => topicArn);
  }

  /** What publishing a notice takes, and no more. */
  grantPublishNotices(role: IRole): void {
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['sns:Publish'], resources: this.topicArns() }));
    role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [this.#key.keyArn] }),
    );
  }

  /** `enforceSSL` gives a topic a policy of its own; the default one, which admits the account's alarms, is then gone. */
  #admitAlarms(): void {
    const stack = Stack.of(this);
    const anyAlarm = stack.formatArn({
      service: 'cloudwatch',
      resource: 'alarm',
      resourceName: '*',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const ourAlarms = {
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account }, ArnLike: { 'aws:SourceArn': anyAlarm } },
    };
    this.operations.addToResourcePolicy(
      new PolicyStatement({ ...ourAlarms, actions: ['sns:Publish'], resources: [this.operations.topicArn] }),
    );
    this.#key.addToResourcePolicy(
      new PolicyStatement({ ...ourAlarms, actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], resources: ['*'] }),
    );
  }
}
