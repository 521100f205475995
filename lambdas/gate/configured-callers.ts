import { codePipelineClient } from '../adapters/codepipeline/client.ts';
import { pipelineApprovals } from '../adapters/codepipeline/pipeline-approvals.ts';
import { pipelineJobs } from '../adapters/codepipeline/pipeline-jobs.ts';
import { environmentVariable } from '../adapters/lambda/environment.ts';
import { readSecret } from '../adapters/secrets/read-secret.ts';
import { secretToken } from '../adapters/secrets/secret-token.ts';
import { ENV } from '../contract.ts';
import type { Clock } from '../core/ports/clock.ts';
import { approvalCaller } from './callers/approval.ts';
import { askedAgain, type WaitingCaller } from './callers/ask-again.ts';
import type { Caller } from './callers/caller.ts';
import { codeDeployCaller, type WiredGroups } from './callers/codedeploy.ts';
import { codePipelineCaller } from './callers/codepipeline.ts';
import { directCaller } from './callers/direct.ts';
import { ecsHookCaller } from './callers/ecs-hook.ts';
import { ecsPauseCaller } from './callers/ecs-pause.ts';
import { httpCaller } from './callers/http.ts';
import { stepFunctionsCaller } from './callers/step-functions.ts';
import type { GateHandlerDependencies } from './gate-handler.ts';
import { codeDeployWhenNeeded, ecsWhenNeeded, schedulesWhenNeeded, tasksWhenNeeded } from './rare-clients.ts';
import type { Requests } from './request.ts';

/** Every caller that the function knows; the first one whose event it is answers. What none of them needs is not opened. */
export function configuredCallers(requests: Requests, clock: Clock): GateHandlerDependencies['callersOf'] {
  const codePipeline = codePipelineClient();
  const jobs = pipelineJobs(codePipeline);
  const approvals = pipelineApprovals(codePipeline);
  const hooks = codeDeployWhenNeeded();
  const deployments = ecsWhenNeeded();
  const tasks = tasksWhenNeeded();
  const later = schedulesWhenNeeded();
  const readToken = secretToken(async () => readSecret({ secretArn: environmentVariable(ENV.gateTokenArn) }), clock);
  const wired = JSON.parse(process.env[ENV.codeDeployGroups] ?? '{}') as WiredGroups;

  return (gate, warn, info) => {
    const again = <Event>(caller: WaitingCaller<Event>): Caller => askedAgain(caller, { later, clock, warn, info });
    return [
      codePipelineCaller({ gate, requests, jobs, clock, warn }),
      ecsHookCaller({ gate, requests, deployments, clock, warn }),
      again(ecsPauseCaller({ gate, requests, deployments })),
      again(codeDeployCaller({ gate, requests, hooks, wired })),
      again(approvalCaller(gate, requests, approvals)),
      httpCaller({ gate, requests, readToken, warn }),
      again(stepFunctionsCaller({ gate, requests, tasks })),
      directCaller(gate, requests),
    ];
  };
}
