import { PublishCommand, type SNSClient, SNSServiceException } from '@aws-sdk/client-sns';
import { SluicegateError } from '../../core/errors.ts';
import type { Notice } from '../../core/incident/notice.ts';
import type { Notifier } from '../../core/ports/notifier.ts';
import { type NoticeTopic, publishInputOf } from './notice-message.ts';

/** Publishes each notice to one SNS topic; its subscribers do the rest. */
export function snsNotifier({ client, ...topic }: { readonly client: SNSClient } & NoticeTopic): Notifier {
  const { topicArn } = topic;
  return {
    name: topicArn,
    async send(notice) {
      const input = publishInputOf(notice, topic);
      if (input === null) throw tooLarge(notice);
      try {
        await client.send(new PublishCommand(input));
      } catch (cause) {
        throw refused(notice, topicArn, cause);
      }
    },
  };
}

const ADVICE: Readonly<Record<string, string>> = {
  AuthorizationErrorException: 'allow this function sns:Publish on the topic (and its KMS key, if it has one)',
  NotFoundException: 'deploy the stack again, or correct the topic ARN',
  InvalidParameterException: 'please report this message as a defect',
};

/** What SNS has against a notice, not against us or the topic. */
const OF_THE_NOTICE: ReadonlySet<string> = new Set(['InvalidParameterException', 'InvalidParameterValueException']);

function refused({ id }: Notice, topicArn: string, cause: unknown): SluicegateError {
  const answer = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  const advice = cause instanceof SNSServiceException ? ADVICE[cause.name] : undefined;
  const isItsFault = cause instanceof SNSServiceException && OF_THE_NOTICE.has(cause.name);
  return new SluicegateError(
    isItsFault ? 'NOTICE_REFUSED' : 'NOTIFIER_UNAVAILABLE',
    `SNS did not take notice ${id} for ${topicArn}: ${answer}; ${advice ?? 'it is sent again at the next evaluation'}`,
    { cause },
  );
}

const tooLarge = ({ id, group }: Notice): SluicegateError =>
  new SluicegateError(
    'NOTICE_REFUSED',
    `notice ${id.slice(0, 200)} is larger than SNS takes even without its partitions: its group's name has ` +
      `${group?.length ?? 0} characters; exclude the group in the configuration`,
  );
