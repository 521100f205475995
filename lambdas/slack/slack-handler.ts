import * as z from 'zod';
import { defineHandler, type Handler } from '../adapters/lambda/define-handler.ts';
import { SluicegateError } from '../core/errors.ts';
import type { NoticeJson } from '../core/incident/notice-json.ts';
import { postToWebhook } from './post-webhook.ts';
import { slackMessageOf } from './slack-message.ts';

/** What SNS hands to a subscribed function. https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
const snsEvent = z.object({ Records: z.array(z.object({ Sns: z.object({ Message: z.string() }) })).min(1) });

export interface SlackDependencies {
  /** The webhook's URL, which is a secret. */
  readonly readWebhook: () => Promise<string>;
  readonly wait: (ms: number) => Promise<unknown>;
}

export interface SlackOutcome {
  readonly posted: number;
}

/** Notices of a topic in form `json` → messages in a Slack channel. */
export function slackHandler({ readWebhook, wait }: SlackDependencies): Handler<SlackOutcome> {
  let webhook: Promise<string> | null = null;
  return defineHandler(snsEvent, async ({ Records }, { remainingMs }) => {
    webhook ??= readWebhook();
    try {
      const url = urlOf(await webhook);
      for (const { Sns } of Records) {
        await postToWebhook(slackMessageOf(noticeOf(Sns.Message)), { url, wait, remainingMs });
      }
    } catch (error) {
      // The secret may have been changed: the next invocation reads it anew.
      webhook = null;
      throw error;
    }
    return { posted: Records.length };
  });
}

function urlOf(secret: string): string {
  const url = secret.trim();
  if (URL.canParse(url)) return url;
  throw new SluicegateError(
    'SECRET_UNREADABLE',
    'the secret of the Slack webhook is not a URL: store its URL as plain text',
  );
}

/** Our own `evaluate` wrote it; its format is all that has to be checked. */
function noticeOf(message: string): NoticeJson {
  const notice = parsed(message);
  if (notice?.format === 1) return notice as NoticeJson;
  throw new SluicegateError(
    'EVENT_INVALID',
    'the message is no notice of format 1: subscribe this function to a topic in form "json"',
  );
}

function parsed(text: string): { readonly format?: unknown } | null {
  try {
    return JSON.parse(text);
  } catch (_notJson) {
    return null;
  }
}
