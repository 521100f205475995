import * as z from 'zod';
import type { PipelineApproval, PipelineApprovals } from '../../adapters/codepipeline/pipeline-approvals.ts';
import { POLICIES } from '../../core/release/policies.ts';
import type { Gate, ReleaseName } from '../gate.ts';
import { jsonOf, parsed, type Requests } from '../request.ts';
import type { WaitingCaller } from './ask-again.ts';
import { hasKey } from './caller.ts';

const notification = z.object({
  Records: z.tuple([z.object({ Sns: z.object({ Message: z.string() }) })]),
});

/**
 * What CodePipeline publishes for a manual approval, as text. Its token is a credential.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-json-format.html
 */
const message = z.object({
  approval: z.object({
    pipelineName: z.string(),
    stageName: z.string(),
    actionName: z.string(),
    token: z.string(),
    customData: z.string().optional(),
  }),
});

const byId = z.object({ releaseId: z.string().min(1) });
const policy = z.object({ onInconclusive: z.enum(POLICIES).default('manual') });

interface Approval {
  readonly approval: PipelineApproval;
  /** What the action's `customData` says. */
  readonly wired: unknown;
}

/** A manual approval: approved by PROMOTE, rejected by ROLLBACK, and everything else is left to the human it asks. */
export const approvalCaller = (
  gate: Gate,
  requests: Requests,
  approvals: PipelineApprovals,
): WaitingCaller<Approval> => ({
  name: 'approval',
  isMine: (event) => notification.safeParse(event).success && hasKey(approvalIn(event), 'approval'),
  parse(event) {
    const { approval } = parsed(message, approvalIn(event));
    const { customData = '{}', ...asked } = approval;
    return { approval: asked, wired: jsonOf(customData, "the approval's custom data") };
  },
  keyOf: ({ approval }) => approval.token,
  ask: async ({ wired }) => gate.judge(nameIn(wired, requests)),
  tell: async ({ approval }, decision, summary) =>
    approvals.answer(approval, decision === 'PROMOTE' ? 'Approved' : 'Rejected', summary),
  policyOf: async ({ wired }) => parsed(policy, wired).onInconclusive,
  onMistake: 'manual',
});

const nameIn = (wired: unknown, requests: Requests): ReleaseName =>
  hasKey(wired, 'releaseId') ? parsed(byId, wired) : requests.named(wired);

/** The text of a notification, as JSON; null where it is none. */
function approvalIn(event: unknown): unknown {
  try {
    return JSON.parse(parsed(notification, event).Records[0].Sns.Message);
  } catch {
    return null;
  }
}
