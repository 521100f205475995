import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { noticeJsonOf } from '../../lambdas/core/incident/notice-json.ts';
import { slackHandler } from '../../lambdas/slack/slack-handler.ts';
import { aNotice } from '../builders/notice.ts';

interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly retryAfter?: string;
  readonly location?: string;
}

/** A webhook that gives these answers in turn, the last one for ever; and what it was sent. */
async function aWebhook(answers: readonly Answer[]) {
  const bodies: unknown[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    bodies.push(JSON.parse(await text(request)));
    const {
      status,
      body = 'ok',
      retryAfter,
      location,
    } = answers[Math.min(bodies.length, answers.length) - 1] ?? { status: 500 };
    if (location !== undefined) response.setHeader('location', location);
    response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T0/B0/secret`, bodies };
}

function aHandler(url: string) {
  const waitsMs: number[] = [];
  let reads = 0;
  const handler = slackHandler({
    readWebhook: async () => {
      reads += 1;
      return url;
    },
    wait: async (ms) => {
      waitsMs.push(ms);
    },
  });
  const invoke = (message: string, remainingMs = 59_000) =>
    handler(
      { Records: [{ Sns: { Message: message } }] },
      { awsRequestId: 'r', getRemainingTimeInMillis: () => remainingMs },
    );
  return { invoke, waitsMs, reads: () => reads };
}

const links = { runbookUrl: 'docs/runbook.md', pageUrl: null };
const message = JSON.stringify(noticeJsonOf(aNotice({ group: 'a<b>&c' }), links));

test('a notice is posted once, with what Slack would take for marks escaped', async () => {
  const { url, bodies } = await aWebhook([{ status: 200 }]);
  const { invoke, waitsMs } = aHandler(url);
  expect(await invoke(message)).toEqual({ posted: 1 });
  expect(bodies).toMatchObject([{ text: ':red_circle: a&lt;b&gt;&amp;c: STALLED (prod)' }]);
  expect(waitsMs).toEqual([]);
});

test('429 is waited out for as long as Retry-After says', async () => {
  const { url, bodies } = await aWebhook([
    { status: 429, retryAfter: '7' },
    { status: 429, retryAfter: '2' },
    { status: 200 },
  ]);
  const { invoke, waitsMs } = aHandler(url);
  await invoke(message);
  expect(waitsMs).toEqual([7_000, 2_000]);
  expect(bodies).toHaveLength(3);
});

test('errors of the other side are tried again, each time after twice the wait, five times in all', async () => {
  const { url, bodies } = await aWebhook([{ status: 503, body: 'down' }]);
  const { invoke, waitsMs } = aHandler(url);
  await expect(invoke(message)).rejects.toMatchObject({
    code: 'NOTICE_REFUSED',
    message: expect.stringContaining('HTTP 503: down): tried 5 times'),
  });
  expect(waitsMs).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect(bodies).toHaveLength(5);
});

test('a wait that the function does not live to see is left to Lambda', async () => {
  const { url, bodies } = await aWebhook([{ status: 429, retryAfter: '60' }]);
  const { invoke, waitsMs } = aHandler(url);
  await expect(invoke(message)).rejects.toMatchObject({ code: 'NOTICE_REFUSED' });
  expect([waitsMs, bodies.length]).toEqual([[], 1]);
});

test('a refusal for good is not tried again, names no secret, and the secret is read anew the next time', async () => {
  const { url } = await aWebhook([{ status: 404, body: 'no_service' }]);
  const { invoke, waitsMs, reads } = aHandler(url);
  const refusal = await invoke(message).catch(String);
  expect(refusal).toContain('HTTP 404: no_service');
  expect(refusal).not.toContain('services/T0');
  await invoke(message).catch(() => undefined);
  expect([waitsMs, reads()]).toEqual([[], 2]);
});

test('silence is tried again, and the error names no secret', async () => {
  const { invoke, waitsMs } = aHandler('http://127.0.0.1:1/services/T0/B0/secret');
  const refusal = await invoke(message).catch(String);
  expect(refusal).toMatch(/no answer \(\w+\)/);
  expect(refusal).not.toContain('services/T0');
  expect(waitsMs).toHaveLength(4);
});

test.each([
  { why: 'a topic in form text', sent: 'billing: STALLED (prod)\n…' },
  { why: 'a topic in form chat', sent: '{"version":"1.0","source":"custom"}' },
  { why: 'a format to come', sent: '{"format":2}' },
  { why: 'null', sent: 'null' },
])('a message of another form is refused: $why', async ({ sent }) => {
  const { url, bodies } = await aWebhook([{ status: 200 }]);
  await expect(aHandler(url).invoke(sent)).rejects.toMatchObject({ code: 'EVENT_INVALID' });
  expect(bodies).toEqual([]);
});

test('a secret that is no URL is said to be so, without repeating it', async () => {
  const refusal = await aHandler('hunter2').invoke(message).catch(String);
  expect(refusal).toContain('is not a URL');
  expect(refusal).not.toContain('hunter2');
});

test.each([
  301, 302, 307, 308,
])('a webhook that sends on to another address (%i) has the notice sent nowhere else', async (status) => {
  const elsewhere = await aWebhook([{ status: 200 }]);
  const { url } = await aWebhook([{ status, location: elsewhere.url }]);
  const { invoke } = aHandler(url);
  const message = JSON.stringify(noticeJsonOf(aNotice(), { runbookUrl: 'docs/runbook.md', pageUrl: null }));
  await expect(invoke(message)).rejects.toMatchObject({ code: 'NOTICE_REFUSED' });
  expect(elsewhere.bodies).toEqual([]);
});
