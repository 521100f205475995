import { setTimeout as wait } from 'node:timers/promises';
import { environmentVariable } from '../adapters/lambda/environment.ts';
import { readSecret } from '../adapters/secrets/read-secret.ts';
import { ENV } from '../contract.ts';
import { slackHandler } from './slack-handler.ts';

/** Subscribed to a notices topic in form `json`. */
export const handler = slackHandler({
  readWebhook: () => readSecret({ secretArn: environmentVariable(ENV.slackWebhookArn) }),
  wait,
});
