import { EventBridgeClient } from '@aws-sdk/client-eventbridge';

/** Without limits of its own the client would wait for a silent network until the function's time is over. */
const TIMEOUTS = { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/** Of the environment's region and credentials. */
export const eventBridgeClient = (): EventBridgeClient => new EventBridgeClient({ requestHandler: TIMEOUTS });
