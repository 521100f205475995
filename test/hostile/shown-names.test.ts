import { describe, expect, test } from 'vitest';
import { describeFailure } from '../../cli/failure.ts';
import { reportOf } from '../../cli/report/group-report.ts';
import { reportLines } from '../../cli/report/show.ts';
import { publishInputOf } from '../../lambdas/adapters/sns/notice-message.ts';
import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import { SluicegateError } from '../../lambdas/core/errors.ts';
import type { Notice } from '../../lambdas/core/incident/notice.ts';
import { NOTICE_FORMS } from '../../lambdas/core/incident/notice-form.ts';
import { noticeJsonOf } from '../../lambdas/core/incident/notice-json.ts';
import { bodyOf } from '../../lambdas/core/incident/notice-text.ts';
import { verdictsAtOneLook } from '../../lambdas/core/status/one-look.ts';
import { reasonsText } from '../../lambdas/gate/answer.ts';
import { slackMessageOf } from '../../lambdas/slack/slack-message.ts';
import { wordsTeller } from '../../local/tell/words-teller.ts';
import { anApiWorld } from '../builders/api-world.ts';
import { HOSTILE_NAMES, UNSEEN_IN_A_LINE } from '../builders/hostile-names.ts';
import { aNotice } from '../builders/notice.ts';
import { aGroup, aLog, aMember, aSnapshot } from '../builders/snapshots.ts';

const LINKS = { runbookUrl: 'https://docs.example/runbook', pageUrl: null };
const HARMLESS = 'billing';

/** A stopped group, and a member's every name, called like that. */
function snapshotWith(name: string): ClusterSnapshot {
  const member = aMember({ memberId: name, clientId: name, host: name, instanceId: name });
  return aSnapshot({
    topics: new Map([['orders', [aLog(900)]]]),
    groups: new Map([
      [name, aGroup({ state: 'Empty', committed: new Map([['orders', [100]]]) })],
      [`${name}2`, aGroup({ members: [{ ...member, assigned: new Map([['orders', [0]]]) }] })],
    ]),
    failures: [{ part: 'group', group: name, code: 'GROUP_AUTHORIZATION_FAILED', message: `refused "${name}"` }],
  });
}

function noticeWith(name: string): Notice {
  const notice = aNotice();
  const sentence = `no progress; owner ${name} at /10.0.0.1`;
  const partitions = notice.partitions.map((partition) => ({ ...partition, owner: name }));
  return { ...notice, group: name, reason: { rule: 'noProgress', numbers: {}, sentence }, partitions };
}

/** As many lines as with a harmless name, and nothing in them that moves, turns or hides. */
function expectPlainLines(render: (name: string) => readonly string[], name: string): void {
  const lines = render(name).flatMap((text) => text.split('\n'));
  expect(lines).toHaveLength(render(HARMLESS).flatMap((text) => text.split('\n')).length);
  for (const line of lines) expect(line).not.toMatch(UNSEEN_IN_A_LINE);
}

describe.each(HOSTILE_NAMES)('a name that would be $does', ({ name }) => {
  test.each([
    { where: 'the table of groups', group: () => null },
    { where: 'a stopped group', group: (called: string) => called },
    { where: 'the partitions of a group', group: (called: string) => `${called}2` },
  ])('in a terminal, $where: is one line of text', ({ group }) => {
    const lines = (called: string) => {
      const snapshot = snapshotWith(called);
      const view = { group: group(called), json: false, colour: false, watching: false };
      return reportLines(reportOf(snapshot, verdictsAtOneLook(snapshot)), view);
    };
    expectPlainLines(lines, name);
  });

  test('in what the laptop tells, and in an error: is one line of text', () => {
    const told = (called: string) => {
      const lines: string[] = [];
      const teller = wordsTeller((line) => lines.push(line), { colour: false });
      const notice = noticeWith(called);
      const [verdict] = verdictsAtOneLook(snapshotWith(called));
      teller.notice(notice);
      if (verdict) teller.status({ atMs: 0, cluster: 'prod', verdict });
      return lines;
    };
    expectPlainLines(told, name);
    expect(describeFailure(new SluicegateError('BROKER_DENIED', name)).split('\n').join('')).not.toMatch(
      UNSEEN_IN_A_LINE,
    );
  });

  test('in a mail: is a line of text, and one of ASCII in the subject', () => {
    expectPlainLines((called) => [bodyOf(noticeWith(called), LINKS)], name);
    for (const form of NOTICE_FORMS) {
      const { Subject, MessageAttributes } =
        publishInputOf(noticeWith(name), { topicArn: 'a', form, links: LINKS }) ?? {};
      expect(Subject).toMatch(/^[\x20-\x7e]{1,99}$/);
      expect(MessageAttributes?.['group']?.StringValue).toMatch(/^\P{C}+$/u);
    }
  });

  test('in Slack: calls nobody, links nowhere and begins no line', () => {
    const texts = (called: string) => textsIn(slackMessageOf(noticeJsonOf(noticeWith(called), LINKS)));
    expectPlainLines(texts, name);
    const marks = texts(name)
      .join('\n')
      .match(/<[^>]*>/g);
    expect(marks).toEqual(['<https://docs.example/runbook#stalled|Runbook>']);
  });

  test('in a chat through Amazon Q: the same, whatever the chat makes of markup', () => {
    const texts = (called: string) => {
      const { Message } = publishInputOf(noticeWith(called), { topicArn: 'a', form: 'chat', links: LINKS }) ?? {};
      const { content, metadata } = JSON.parse(Message ?? '');
      return textsIn({ content, resources: metadata.relatedResources, summary: metadata.summary });
    };
    expectPlainLines(texts, name);
    expect(texts(name).join('\n')).not.toMatch(/[<>]|\]\(/);
  });

  test('in Prometheus’ text: is the value of a label, and comes back as it was', async () => {
    const world = anApiWorld();
    await world.sample(snapshotWith(name));
    const text = await (await world.get('/metrics')).text();
    const labels = [...text.matchAll(/^sluicegate_group_members\{cluster="prod",group="((?:[^"\\\n]|\\.)*)"\} \S+$/gm)];
    const names = labels.map(([, escaped = '']) =>
      escaped.replace(/\\(.)/g, (_, character) => (character === 'n' ? '\n' : character)),
    );
    expect(names).toEqual([name.toWellFormed(), `${name}2`.toWellFormed()].toSorted());
    expect(text.split('\n').every((line) => /^(#.*|[a-z_]+\{.*\} \S+|)$/su.test(line))).toBe(true);
  });

  test('in JSON and Burrow’s API: is found under its own name, and no other', async () => {
    const world = anApiWorld();
    await world.sample(snapshotWith(name));
    const query = new URLSearchParams({ cluster: 'prod', group: name });
    const known = await world.get(`/api/group?${query}`);
    const isWhole = name.isWellFormed();
    expect(known.status).toBe(isWhole ? 200 : 404);
    if (isWhole)
      expect(await known.json()).toMatchObject({ entry: { group: name }, partitions: [{ topic: 'orders' }] });
    const path = isWhole ? encodeURIComponent(name) : 'a';
    expect((await world.get(`/v3/kafka/prod/consumer/${path}/lag`)).status).toBe(isWhole ? 200 : 404);
  });

  test('in the text of a gate’s decision: is one line', () => {
    const text = reasonsText([{ code: 'WRONG_GROUP', numbers: {}, sentence: `instead of "${name}"` }]);
    expect(text).not.toMatch(UNSEEN_IN_A_LINE);
  });
});

/** Every text in a message. */
const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};
