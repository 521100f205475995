import { EventBridgeClient } from '@aws-sdk/client-eventbridge';

/**
 * Without limits of its own the client would wait for a silent network until the function's time is over. A notice is
 * taken within a tenth of this, and what is not taken now is sent by the next evaluation: judging must not wait for it.
 */
const TIMEOUTS = { connectionTimeout: 2_000, requestTimeout: 3_000, throwOnRequestTimeout: true };

/** Of the environment's region and credentials. */
export const eventBridgeClient = (): EventBridgeClient => new EventBridgeClient({ requestHandler: TIMEOUTS });
