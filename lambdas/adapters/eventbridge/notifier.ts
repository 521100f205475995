import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { EVENT } from '../../contract.ts';
import { SluicegateError } from '../../core/errors.ts';
import type { NoticeLinks } from '../../core/incident/advice.ts';
import type { Notice } from '../../core/incident/notice.ts';
import { noticeJsonOf } from '../../core/incident/notice-json.ts';
import type { Notifier } from '../../core/ports/notifier.ts';

/** Puts each notice on an event bus, the same JSON as SNS has it. */
export function eventBridgeNotifier({
  client,
  eventBus,
  links,
}: {
  readonly client: EventBridgeClient;
  /** Name or ARN. */
  readonly eventBus: string;
  readonly links: NoticeLinks;
}): Notifier {
  return {
    name: 'eventbridge',
    async send(notice) {
      const answer = await client
        .send(new PutEventsCommand({ Entries: [entryOf(notice, eventBus, links)] }))
        .catch((cause: unknown) => {
          throw refused(
            notice,
            eventBus,
            cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause),
            cause,
          );
        });
      // The call succeeds whatever became of its entries.
      if ((answer.FailedEntryCount ?? 0) === 0) return;
      const [entry] = answer.Entries ?? [];
      throw refused(notice, eventBus, `${entry?.ErrorCode ?? 'no code'}: ${entry?.ErrorMessage ?? 'no message'}`);
    },
  };
}

const entryOf = (notice: Notice, eventBus: string, links: NoticeLinks): PutEventsRequestEntry => ({
  EventBusName: eventBus,
  Source: EVENT.source,
  DetailType: EVENT.notice,
  Time: new Date(notice.atMs),
  Detail: JSON.stringify(noticeJsonOf(notice, links)),
});

const refused = ({ id }: Notice, eventBus: string, answer: string, cause?: unknown): SluicegateError =>
  new SluicegateError(
    'NOTIFIER_UNAVAILABLE',
    `EventBridge did not take notice ${id.slice(0, 200)} for the bus ${eventBus}: ${answer}; ` +
      'check that the bus exists and that this function may events:PutEvents on it; it is sent again at the next evaluation',
    { cause },
  );
