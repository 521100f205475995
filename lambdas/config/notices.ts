import * as z from 'zod';
import { type QuietWindow, WEEKDAYS } from '../core/incident/quiet-window.ts';
import { durationMs } from './duration.ts';
import { nameFilter } from './name-filter.ts';
import { jsonTopicOf, noticeChannels } from './notice-channels.ts';

const clockTime = z.string().transform((text, context): number => {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (hour !== undefined && minute !== undefined) return Number(hour) * 60 + Number(minute);
  context.addIssue(`"${text}" is not a time of day: write hours and minutes, as in 07:30 or 22:00`);
  return z.NEVER;
});

const timeZone = z.string().refine(isTimeZone, {
  error: ({ input }) => `"${input}" is not a time zone: write UTC or an IANA name, as in Europe/Berlin`,
});

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (_unknownName) {
    return false;
  }
}

/** A time of the week in which nothing new is told. Without patterns it is about everything. */
const quietWindow = z
  .strictObject({
    days: z
      .array(z.enum(WEEKDAYS))
      .min(1)
      .default([...WEEKDAYS]),
    from: clockTime,
    until: clockTime,
    timeZone: timeZone.default('UTC'),
    clusters: nameFilter,
    groups: nameFilter,
  })
  .transform(({ from: fromMinute, until: untilMinute, ...window }) => ({
    ...window,
    fromMinute,
    untilMinute,
  })) satisfies z.ZodType<QuietWindow>;

const storm = z
  .strictObject({
    groups: z.int().min(2).default(5),
    within: durationMs({ min: '1s', max: '1h' }).prefault('5m'),
  })
  .transform(({ groups, within: withinMs }) => ({ groups, withinMs }))
  .prefault({});

/** When people are told, of what nothing is said, and where it goes. */
export const noticesSchema = z
  .strictObject({
    repeatInterval: durationMs({ min: '1m', max: '30d' }).prefault('4h'),
    recoverAfter: durationMs({ min: '0s', max: '1h' }).prefault('1m'),
    changeAfter: durationMs({ min: '0s', max: '1d' }).prefault('5m'),
    expireAfter: durationMs({ min: '0s', max: '1d' }).prefault('5m'),
    unreadableAfter: durationMs({ min: '0s', max: '1d' }).prefault('5m'),
    storm,
    quiet: z.array(quietWindow).default([]),
    ...noticeChannels,
  })
  .refine(({ slack, topics }) => slack === null || jsonTopicOf(topics) !== null, {
    error: 'the Slack function reads a topic in form "json": add one to "topics"',
    path: ['slack'],
  })
  .transform(({ repeatInterval, recoverAfter, changeAfter, expireAfter, unreadableAfter, ...others }) => ({
    repeatIntervalMs: repeatInterval,
    recoverAfterMs: recoverAfter,
    changeAfterMs: changeAfter,
    expireAfterMs: expireAfter,
    unreadableAfterMs: unreadableAfter,
    ...others,
  }))
  .prefault({});
