import { Stack } from 'aws-cdk-lib';
import { Alarm, type ComparisonOperator, type IMetric, type TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

const RUNBOOK = 'docs/runbook.md';

export interface OperationsAlarmProps {
  /** As in the runbook, whose section it is; and the alarm's name behind the stack's. */
  readonly name: string;
  /** Told apart from others of the same name. */
  readonly of?: string;
  /** What is so, in a sentence. */
  readonly means: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly comparison: ComparisonOperator;
  readonly periods: number;
  /** Of the periods, how many must breach. Default: all. */
  readonly breaching?: number;
  readonly missing: TreatMissingData;
  readonly operations: ITopic;
}

/** An alarm about sluicegate itself: it goes to the operations topic, and leads to its section of the runbook. */
export class OperationsAlarm extends Construct {
  constructor(scope: Construct, id: string, props: OperationsAlarmProps) {
    super(scope, id);
    const { name, of, means, metric, threshold, comparison, periods, breaching, missing, operations } = props;
    const alarm = new Alarm(this, 'Alarm', {
      alarmName: [Stack.of(this).stackName, name, ...(of === undefined ? [] : [of])].join('-'),
      alarmDescription: `${means} ${RUNBOOK}#${name.toLowerCase()}`,
      metric,
      threshold,
      comparisonOperator: comparison,
      evaluationPeriods: periods,
      datapointsToAlarm: breaching ?? periods,
      treatMissingData: missing,
    });
    const tell = new SnsAction(operations);
    alarm.addAlarmAction(tell);
    alarm.addOkAction(tell);
  }
}
