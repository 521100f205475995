import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { WIRED } from './wired-gate.ts';

type Input = Readonly<Record<string, unknown>>;

/** What the gate's callers have at AWS, on this machine: as much of each API as the gate asks, and what it has said there. */
export interface CallersServices {
  /** What leads the clients of a function here. */
  readonly environment: Readonly<Record<string, string>>;
  /** The inputs of an operation, in order. */
  said(operation: string): readonly Input[];
  stop(): Promise<void>;
}

const SERVICES = ['CODEDEPLOY', 'CODEPIPELINE', 'ECS', 'LAMBDA', 'SCHEDULER', 'SFN'];

/**
 * @param stageOf the lifecycle event in which a deployment of CodeDeploy is
 * @param invokeSnapshot what stands behind the function `snapshot`
 */
export async function startCallersServices({
  stageOf,
  invokeSnapshot,
}: {
  readonly stageOf: () => string;
  readonly invokeSnapshot: (event: Input) => Promise<object>;
}): Promise<CallersServices> {
  const inputs: { readonly operation: string; readonly input: Input }[] = [];

  async function answer(request: IncomingMessage): Promise<object> {
    const input: Input = JSON.parse((await text(request)) || '{}');
    const operation = operationOf(request);
    inputs.push({ operation, input });
    if (operation === 'Invoke') return invokeSnapshot(input);
    const answered = answersOf(stageOf)[operation];
    if (answered === undefined) throw new Error(`nobody answers ${operation}`);
    return answered;
  }

  const server = createServer((request, response) => {
    answer(request).then(
      (body) => response.end(JSON.stringify(body)),
      (error: Error) => response.writeHead(500).end(JSON.stringify({ __type: 'Error', message: error.message })),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    environment: Object.fromEntries(SERVICES.map((service) => [`AWS_ENDPOINT_URL_${service}`, endpoint])),
    said: (wanted) => inputs.filter(({ operation }) => operation === wanted).map(({ input }) => input),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function operationOf({ url = '', headers }: IncomingMessage): string {
  if (url.endsWith('/invocations')) return 'Invoke';
  if (url.startsWith('/schedules/')) return 'CreateSchedule';
  return `${headers['x-amz-target']}`.split('.').at(-1) ?? '';
}

function answersOf(stageOf: () => string): Readonly<Record<string, object>> {
  const [applicationName, deploymentGroupName] = WIRED.deploymentGroup.split('/');
  const event = { lifecycleEventName: stageOf(), status: 'InProgress' };
  const nothing = {};
  return {
    GetPipelineExecution: { pipelineExecution: { executionType: 'STANDARD' } },
    PutJobSuccessResult: nothing,
    PutJobFailureResult: nothing,
    PutApprovalResult: nothing,
    GetDeployment: { deploymentInfo: { applicationName, deploymentGroupName } },
    ListDeploymentTargets: { targetIds: ['target-1'] },
    GetDeploymentTarget: { deploymentTarget: { lambdaTarget: { lifecycleEvents: [event] } } },
    PutLifecycleEventHookExecutionStatus: nothing,
    ListServiceDeployments: { serviceDeployments: [nothing, nothing] },
    DescribeServiceDeployments: { serviceDeployments: [{ targetServiceRevision: { arn: ECS.revision } }] },
    ListTasks: { taskArns: [ECS.task] },
    DescribeTasks: { tasks: [{ startedBy: 'ecs-svc/42', attachments: [{ details: [ECS.address] }] }] },
    ContinueServiceDeployment: nothing,
    SendTaskSuccess: nothing,
    SendTaskFailure: nothing,
    SendTaskHeartbeat: nothing,
    CreateSchedule: { ScheduleArn: 'arn' },
  };
}

const AT_ECS = 'arn:aws:ecs:us-east-1:123456789012';

/** A service of ECS, one of its tasks, and the revision that has started it. */
export const ECS = {
  service: `${AT_ECS}:service/${WIRED.ecsService}`,
  deployment: `${AT_ECS}:service-deployment/${WIRED.ecsService}/deployment-1`,
  revision: `${AT_ECS}:service-revision/${WIRED.ecsService}/42`,
  task: `${AT_ECS}:task/consumers/0a1b2c3d`,
  address: { name: 'privateIPv4Address', value: '10.0.1.5' },
} as const;
