import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What a job was answered with, as CodePipeline's API spells it. */
export interface JobResult {
  readonly jobId: string;
  readonly continuationToken?: string;
  readonly outputVariables?: Readonly<Record<string, string>>;
  readonly executionDetails?: { readonly summary?: string; readonly percentComplete?: number };
  readonly failureDetails?: { readonly type: string; readonly message: string };
}

/** CodePipeline's endpoint on this machine, as far as an action's function calls it, and Lambda's for `snapshot`. */
export interface CodePipelineService {
  readonly endpoint: string;
  /** Opens a job and waits for its one answer; a second one is refused as CodePipeline does. */
  jobResult(jobId: string): Promise<JobResult>;
  stop(): Promise<void>;
}

/**
 * @param executionTypeOf of an execution, `STANDARD` or `ROLLBACK`
 * @param invokeSnapshot what stands behind the function `snapshot`
 */
export async function startCodePipelineService({
  executionTypeOf,
  invokeSnapshot,
}: {
  readonly executionTypeOf: (executionId: string) => string;
  readonly invokeSnapshot: (event: unknown) => Promise<unknown>;
}): Promise<CodePipelineService> {
  const jobs = new Map<string, PromiseWithResolvers<JobResult>>();

  function answerJob(result: JobResult): object | null {
    const job = jobs.get(result.jobId);
    if (job === undefined) return null;
    jobs.delete(result.jobId);
    job.resolve(result);
    return {};
  }

  async function answer(request: IncomingMessage): Promise<object | null> {
    const body = (await json(request)) as JobResult & { readonly pipelineExecutionId: string };
    if (request.url?.endsWith('/invocations')) return (await invokeSnapshot(body)) as object;
    switch (request.headers['x-amz-target']) {
      case 'CodePipeline_20150709.GetPipelineExecution': {
        const { pipelineExecutionId } = body;
        return { pipelineExecution: { pipelineExecutionId, executionType: executionTypeOf(pipelineExecutionId) } };
      }
      case 'CodePipeline_20150709.PutJobSuccessResult':
      case 'CodePipeline_20150709.PutJobFailureResult':
        return answerJob(body);
      default:
        throw new Error(`nobody answers ${request.headers['x-amz-target']} ${request.url}`);
    }
  }

  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    answer(request).then(
      (answered) => {
        if (answered !== null) return void response.end(JSON.stringify(answered));
        response.writeHead(400).end(JSON.stringify({ __type: 'InvalidJobStateException', message: 'answered' }));
      },
      (error: Error) => void response.writeHead(500).end(JSON.stringify({ __type: 'Error', message: error.message })),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async jobResult(jobId) {
      const job = Promise.withResolvers<JobResult>();
      jobs.set(jobId, job);
      return job.promise;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
