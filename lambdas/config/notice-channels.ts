import * as z from 'zod';
import { NOTICE_FORMS } from '../core/incident/notice-form.ts';

const topic = z.strictObject({
  name: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/, {
    error: ({ input }) => `"${input}" may hold letters, digits and "-", 40 at most, and begins with a letter`,
  }),
  form: z.enum(NOTICE_FORMS),
});

/** Where notices go, and where they lead. */
export const noticeChannels = {
  topics: z
    .array(topic)
    .min(1)
    .refine((topics) => new Set(topics.map(({ name }) => name.toLowerCase())).size === topics.length, {
      error: 'two topics have the same name',
    })
    .default([{ name: 'notices', form: 'json' }]),
  eventBus: z.string().min(1).nullable().default(null),
  slack: z
    .strictObject({ webhook: z.strictObject({ secretArn: z.string().startsWith('arn:') }) })
    .nullable()
    .default(null),
  runbookUrl: z.string().min(1).default('docs/runbook.md'),
  pageUrl: z.url().nullable().default(null),
};

/** The topic that the Slack function listens to: it reads no other form. Null: there is none. */
export const jsonTopicOf = <Topic extends z.output<typeof topic>>(topics: readonly Topic[]): Topic | null =>
  topics.find(({ form }) => form === 'json') ?? null;
