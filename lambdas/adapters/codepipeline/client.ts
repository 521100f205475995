import { CodePipelineClient } from '@aws-sdk/client-codepipeline';

/** Without limits of its own the client would wait for a silent network until the function's time is over. */
const TIMEOUTS = { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/** Of the environment's region and credentials. */
export const codePipelineClient = (): CodePipelineClient => new CodePipelineClient({ requestHandler: TIMEOUTS });
