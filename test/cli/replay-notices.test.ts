import { describe, expect, test } from 'vitest';
import { type Label, labelled } from '../../bench/histories/labels.ts';
import { planOf } from '../../bench/histories/write-set.ts';
import { renderSnapshot } from '../../lambdas/adapters/ndjson/snapshot-line.ts';
import type { Notice } from '../../lambdas/core/incident/notice.ts';
import { runCli } from './run-cli.ts';

const SEED = 3;
/** Ten of the 24 hours of a history: the first fault has come and gone by then. */
const SECONDS = 36_000;

interface Told {
  readonly labels: readonly Label[];
  readonly notices: readonly Notice[];
}

/** What a generated history would have had sent. Its number decides how the cluster lives, and what goes wrong. */
async function told(number: number): Promise<Told> {
  const whole = planOf(number, SEED);
  const faults = whole.faults.filter(({ to }) => to < SECONDS);
  const { moments, labels } = labelled({ ...whole, seconds: SECONDS, faults }, `${number}`);
  const recording = moments.map(({ snapshot }) => `${renderSnapshot(snapshot)}\n`).join('');
  const { code, stdout } = await runCli(['replay', '--notices', '-'], recording);
  expect(code).toBe(0);
  const lines = stdout.trim().split('\n');
  const notices: Notice[] = lines.flatMap((line) => {
    const { notice } = JSON.parse(line);
    return notice === undefined ? [] : [notice];
  });
  return { labels, notices };
}

describe('notices of whole histories', { timeout: 60_000 }, () => {
  test.each([
    { number: 6, life: 'commits in batches' },
    { number: 14, life: 'is deployed daily' },
  ])('a cluster that $life, without a fault, sends none', async ({ number }) => {
    expect(await told(number)).toEqual({ labels: [], notices: [] });
  });

  test.each([
    { number: 1, fault: 'every member leaves' },
    { number: 11, fault: 'a message that can’t be digested' },
  ])('$fault: two notices an incident at most, and none about anything else', async ({ number }) => {
    const { labels, notices } = await told(number);
    expect(notices.map(({ transition }) => transition)).toContain('opened');
    const incidents = Map.groupBy(notices, ({ incidentId }) => incidentId);
    for (const [id, own] of incidents) {
      expect(own.filter(({ transition }) => transition !== 'reminded').length, id).toBeLessThanOrEqual(2);
    }
    const faulty = new Set(labels.map(({ group }) => group));
    for (const { group, kind } of notices) expect(faulty, `${kind} of ${group}`).toContain(group);
    expect(incidents.size).toBeLessThanOrEqual(labels.length);
  });
});
