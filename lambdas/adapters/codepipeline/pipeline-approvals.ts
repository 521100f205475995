import {
  ApprovalAlreadyCompletedException,
  type CodePipelineClient,
  InvalidApprovalTokenException,
  PutApprovalResultCommand,
} from '@aws-sdk/client-codepipeline';

/** One request for an approval; its token is a credential. */
export interface PipelineApproval {
  readonly pipelineName: string;
  readonly stageName: string;
  readonly actionName: string;
  readonly token: string;
}

export interface PipelineApprovals {
  /** Resolves too when it was answered before, or its token is good no more. */
  answer(approval: PipelineApproval, status: 'Approved' | 'Rejected', summary: string): Promise<void>;
}

/** CodePipeline's own limit. */
const SUMMARY_CHARACTERS_MAX = 512;

export const pipelineApprovals = (client: CodePipelineClient): PipelineApprovals => ({
  async answer(approval, status, summary) {
    const result = { status, summary: summary.slice(0, SUMMARY_CHARACTERS_MAX) };
    try {
      await client.send(new PutApprovalResultCommand({ ...approval, result }));
    } catch (error) {
      const isDone =
        error instanceof ApprovalAlreadyCompletedException || error instanceof InvalidApprovalTokenException;
      if (!isDone) throw error;
    }
  },
});
