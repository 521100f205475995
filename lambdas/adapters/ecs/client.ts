import { ECSClient } from '@aws-sdk/client-ecs';

/** Of the environment's region and credentials. */
export const ecsClient = (): ECSClient =>
  new ECSClient({ requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true } });
