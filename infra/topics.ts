import { ArnFormat, Stack } from 'aws-cdk-lib';
import { type IRole, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, type IKey } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface TopicsProps {
  /** Of the notice topics, in the order of the configuration. */
  readonly names: readonly string[];
  /** The customer's topic for alarms, if it shall be that. Null: one of our own. */
  readonly operations: ITopic | null;
  /** The customer's key, if it shall be that; its policy must be ours to add to. Null: Amazon's. */
  readonly key: IKey | null;
}

/**
 * Topics of two kinds, so that nobody's filter on notices can hide that sluicegate itself is down: some tell of groups,
 * one of us.
 */
export class Topics extends Construct {
  /** Notices about groups, by the configured name; subscribers filter by their attributes. */
  readonly notices: ReadonlyMap<string, Topic>;
  /** Alarms about sluicegate itself, unfiltered. */
  readonly operations: ITopic;
  readonly #key: IKey | null;

  constructor(scope: Construct, id: string, { names, operations, key }: TopicsProps) {
    super(scope, id);
    this.#key = key;
    // Amazon's own key for SNS: it costs no monthly fee, and whoever may publish may use it.
    const noticesKey = key ?? Alias.fromAliasName(this, 'SnsKey', 'alias/aws/sns');
    const settings = { displayName: 'sluicegate', masterKey: noticesKey, enforceSSL: true };
    this.notices = new Map(names.map((name) => [name, new Topic(this, `Notices-${name}`, settings)]));
    this.operations = operations ?? this.#ownOperations();
  }

  #ownOperations(): Topic {
    const operations = new Topic(this, 'Operations', {
      displayName: 'sluicegate operations',
      // CloudWatch can't publish under Amazon's own key, whose policy nobody may change, and a key for this topic alone
      // would be a fifth of the bill. SNS keeps what it holds on encrypted disks in any case: names of alarms.
      masterKey: this.#key ?? undefined,
      enforceSSL: true,
    });
    this.#admitAlarms(operations);
    return operations;
  }

  /** Of the notice topics, in the order of the configuration. */
  topicArns(): string[] {
    return [...this.notices.values()].map(({ topicArn }) => topicArn);
  }

  /** What publishing a notice takes, and no more. */
  grantPublishNotices(role: IRole): void {
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['sns:Publish'], resources: this.topicArns() }));
    if (this.#key === null) return;
    const actions = ['kms:Decrypt', 'kms:GenerateDataKey'];
    role.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [this.#key.keyArn] }));
  }

  /** `enforceSSL` gives a topic a policy of its own; the default one, which admits the account's alarms, is then gone. */
  #admitAlarms(operations: Topic): void {
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
    operations.addToResourcePolicy(
      new PolicyStatement({ ...ourAlarms, actions: ['sns:Publish'], resources: [operations.topicArn] }),
    );
    this.#key?.addToResourcePolicy(
      new PolicyStatement({ ...ourAlarms, actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], resources: ['*'] }),
    );
  }
}
