import {
  type CodePipelineClient,
  GetPipelineExecutionCommand,
  InvalidJobStateException,
  JobNotFoundException,
  PutJobFailureResultCommand,
  type PutJobFailureResultCommandInput,
  PutJobSuccessResultCommand,
  type PutJobSuccessResultCommandInput,
} from '@aws-sdk/client-codepipeline';

/** What an action's job is answered with. */
export type JobAnswer =
  | { readonly call: 'PutJobSuccessResult'; readonly input: PutJobSuccessResultCommandInput }
  | { readonly call: 'PutJobFailureResult'; readonly input: PutJobFailureResultCommandInput };

/** CodePipeline, as an action's function needs it. What it throws is the client's own: the call may be repeated. */
export interface PipelineJobs {
  /** Resolves too when the job was answered before, or is gone. */
  answer(answer: JobAnswer): Promise<void>;
  /** Whether this execution puts an earlier one back. */
  isRollback(execution: { readonly pipeline: string; readonly executionId: string }): Promise<boolean>;
}

export const pipelineJobs = (client: CodePipelineClient): PipelineJobs => ({
  async answer({ call, input }) {
    try {
      if (call === 'PutJobSuccessResult') await client.send(new PutJobSuccessResultCommand(input));
      else await client.send(new PutJobFailureResultCommand(input));
    } catch (error) {
      if (!(error instanceof InvalidJobStateException || error instanceof JobNotFoundException)) throw error;
    }
  },
  async isRollback({ pipeline, executionId }) {
    const { pipelineExecution } = await client.send(
      new GetPipelineExecutionCommand({ pipelineName: pipeline, pipelineExecutionId: executionId }),
    );
    return pipelineExecution?.executionType === 'ROLLBACK';
  },
});
