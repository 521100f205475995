import type { ServiceDeployments } from '../../adapters/ecs/service-deployments.ts';
import type { MemberSelector } from '../../core/release/release.ts';
import type { GateAnswer } from '../answer.ts';
import type { Gate, StartWish } from '../gate.ts';
import { releaseIdOf } from '../release-id.ts';
import type { Requests } from '../request.ts';
import { hasKey } from './caller.ts';
import { begin } from './follow-release.ts';

/** A deployment of an ECS service, as both kinds of hooks name it. */
export interface EcsDeployment {
  readonly serviceArn: string;
  readonly serviceDeploymentArn: string;
  readonly lifecycleStage: string;
  /** What whoever wired the hook says of the release. */
  readonly wired: object;
}

/** Matches nobody: a revision's tasks have no address before they run. */
const NOBODY = { host: '(?!)' };

/** Stages in which no new task runs yet: there the release begins, with a marker that no new task has touched. */
const STAGES_BEFORE = ['RECONCILE_SERVICE', 'PRE_SCALE_UP'];

/** The release of a deployment, whichever hook of it comes first. Throws EVENT_INVALID. */
export function ecsWish(
  requests: Requests,
  { serviceArn, serviceDeploymentArn, wired }: EcsDeployment,
): Omit<StartWish, 'askedBy'> & { readonly service: string } {
  const service = serviceArn.split('/').at(-1) ?? serviceArn;
  const { pipeline, ...wish } = requests.start({
    strategy: 'blue-green',
    canary: NOBODY,
    ...wired,
    executionId: serviceDeploymentArn.split(':').at(-1) ?? serviceDeploymentArn,
  });
  return { ...wish, requestId: wish.executionId, isRollback: false, service: pipeline ?? service };
}

/** Begins the release before the scale-up; afterwards finds the new version's members, and judges. */
export async function askAboutDeployment(
  { gate, requests, deployments }: { gate: Gate; requests: Requests; deployments: ServiceDeployments },
  deployment: EcsDeployment & { readonly caller: string; readonly revisionArn: () => Promise<string | null> },
): Promise<GateAnswer | 'goOn'> {
  const { service, ...asked } = ecsWish(requests, deployment);
  const wish = { ...asked, askedBy: { caller: deployment.caller, name: service } };
  if (await deployments.isFirst(deployment.serviceArn)) return 'goOn';
  await begin(gate, wish);
  if (STAGES_BEFORE.includes(deployment.lifecycleStage)) return 'goOn';
  const revisionArn = hasKey(deployment.wired, 'canary') ? null : await deployment.revisionArn();
  const members = revisionArn === null ? null : await membersOf(deployments, deployment.serviceArn, revisionArn);
  const release = { releaseId: releaseIdOf(wish) };
  if (members !== null) await gate.follow(release, members);
  return gate.judge(release);
}

/**
 * The members of a revision, by the addresses of its tasks: no consumer has to be changed for it. Kafka shows a member's
 * host as `/10.0.1.5`. Null: none of its tasks has an address of its own.
 */
async function membersOf(
  deployments: ServiceDeployments,
  serviceArn: string,
  revisionArn: string,
): Promise<MemberSelector | null> {
  const hosts = await deployments.hostsOf(serviceArn, revisionArn);
  if (hosts.length === 0) return null;
  const alternatives = hosts.map((host) => host.replaceAll('.', '\\.')).join('|');
  return { client: null, instance: null, host: `^/?(${alternatives})$` };
}
