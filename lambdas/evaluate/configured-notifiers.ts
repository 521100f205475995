import { eventBridgeClient } from '../adapters/eventbridge/client.ts';
import { eventBridgeNotifier } from '../adapters/eventbridge/notifier.ts';
import { snsClient } from '../adapters/sns/client.ts';
import { snsNotifier } from '../adapters/sns/notifier.ts';
import type { Config } from '../config/config.ts';
import { SluicegateError } from '../core/errors.ts';
import type { Notifier } from '../core/ports/notifier.ts';

/**
 * Every place that notices go to. Throws CONFIG_INVALID if the topics are not those of the configuration.
 *
 * @param topicArns in the order of the configured topics
 */
export function configuredNotifiers(
  { topics, eventBus, ...links }: Config['notices'],
  topicArns: readonly string[],
): readonly Notifier[] {
  if (topics.length !== topicArns.length) {
    throw new SluicegateError(
      'CONFIG_INVALID',
      `${topics.length} notice topics are configured and ${topicArns.length} deployed: deploy the stack again`,
    );
  }
  const client = snsClient();
  const byTopic = topics.map(({ form }, index) =>
    snsNotifier({ client, topicArn: topicArns[index] ?? '', form, links }),
  );
  return eventBus === null
    ? byTopic
    : [...byTopic, eventBridgeNotifier({ client: eventBridgeClient(), eventBus, links })];
}
