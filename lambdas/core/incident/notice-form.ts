export const NOTICE_FORMS = ['json', 'text', 'chat'] as const;
/**
 * What a topic is given: `json` for machines (docs/notices.schema.json), `text` for mail, `chat` for Amazon Q Developer
 * in chat applications, which takes nothing else.
 */
export type NoticeForm = (typeof NOTICE_FORMS)[number];
