import { SNSClient } from '@aws-sdk/client-sns';

/** Without limits of its own the client would wait for a silent network until the function's time is over. */
const TIMEOUTS = { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/** Of the environment's region and credentials. */
export const snsClient = (): SNSClient => new SNSClient({ requestHandler: TIMEOUTS });
