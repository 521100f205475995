import { LambdaClient } from '@aws-sdk/client-lambda';

/** A reading takes up to 20 s, and is stored after that. */
const TIMEOUTS = { connectionTimeout: 2_000, requestTimeout: 40_000, throwOnRequestTimeout: true };

/** Of the environment's region and credentials. One try: a second one would outlast the function that asks. */
export const lambdaClient = (): LambdaClient => new LambdaClient({ requestHandler: TIMEOUTS, maxAttempts: 1 });
