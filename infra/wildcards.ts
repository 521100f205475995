import { Aws, Validations } from 'aws-cdk-lib';
import type { Policy } from 'aws-cdk-lib/aws-iam';

/** Tells cdk-nag why a policy's resources hold wildcards. */
export function acknowledgeWildcards(policy: Policy, resources: readonly string[], reason: string): void {
  for (const resource of resources) {
    Validations.of(policy).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${asReported(resource)}]`,
      reason,
    });
  }
}

/** cdk-nag's way to write what is known at deployment only. */
const asReported = (arn: string): string =>
  arn
    .replace(Aws.PARTITION, '<AWS::Partition>')
    .replace(Aws.REGION, '<AWS::Region>')
    .replace(Aws.ACCOUNT_ID, '<AWS::AccountId>');
