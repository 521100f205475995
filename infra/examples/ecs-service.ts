import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  Cluster,
  ContainerImage,
  ContainerInsights,
  DeploymentStrategy,
  FargateService,
  FargateTaskDefinition,
  LogDrivers,
} from 'aws-cdk-lib/aws-ecs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { DeployGate } from '../deploy-gate.ts';
import { LagChecker } from '../lag-checker.ts';

/**
 * An example: a consumer on ECS, without a load balancer, whose blue/green deployments ask the gate. Blue runs on until
 * green was judged; the members of green are found by the addresses of its tasks.
 */
export class EcsServiceExample extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const lagChecker = new LagChecker(this, 'LagChecker', {
      config: { clusters: [{ name: 'prod', brokers: ['broker-1.example:9092'] }] },
    });
    const gate = new DeployGate(this, 'DeployGate', { lagChecker, ecsServices: ['consumers/billing'] });
    const vpc = Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: 'vpc-0a1b2c3d4e5f60718',
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
      privateSubnetIds: ['subnet-0a1b2c3d4e5f60718', 'subnet-1a1b2c3d4e5f60718'],
    });
    const cluster = new Cluster(this, 'Cluster', {
      vpc,
      clusterName: 'consumers',
      containerInsightsV2: ContainerInsights.ENABLED,
    });
    const taskDefinition = new FargateTaskDefinition(this, 'Task', { cpu: 512, memoryLimitMiB: 1024 });
    const logGroup = new LogGroup(this, 'Log', { retention: RetentionDays.ONE_MONTH });
    taskDefinition.addContainer('billing', {
      image: ContainerImage.fromRegistry('public.ecr.aws/example/billing:2'),
      logging: LogDrivers.awsLogs({ streamPrefix: 'billing', logGroup }),
    });
    const service = new FargateService(this, 'Billing', {
      cluster,
      serviceName: 'billing',
      taskDefinition,
      desiredCount: 3,
      securityGroups: [SecurityGroup.fromSecurityGroupId(this, 'Consumers', 'sg-0a1b2c3d4e5f60718')],
      deploymentStrategy: DeploymentStrategy.BLUE_GREEN,
      bakeTime: Duration.minutes(5),
    });
    gate.ecsHook(service, {
      release: { group: 'billing', strategy: 'blue-green', deadline: Duration.minutes(40), onInconclusive: 'rollback' },
      timeout: Duration.minutes(50),
    });
  }
}
