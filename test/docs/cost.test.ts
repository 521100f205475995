import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runCli } from '../cli/run-cli.ts';

const text = readFileSync('docs/cost.md', 'utf8');

test('docs/cost.md shows what the command prints', async () => {
  const [, command = '', shown = ''] = /\$ sluicegate (.*)\n```\n\n```text\n([^`]*)```/.exec(text) ?? [];
  expect((await runCli(command.split(' '))).stdout).toBe(shown);
});

test('its other sizes have the totals of the command', { timeout: 20_000 }, async () => {
  const rows = [...text.matchAll(/^\| `(--groups .*?)` \|.*\| ([\d.]+) \|$/gm)];
  expect(rows.length).toBeGreaterThan(5);
  for (const [, args = '', total] of rows) {
    const { stdout } = await runCli(['cost', ...args.split(' '), '--json']);
    expect(JSON.parse(stdout).totalUsd.toFixed(2), args).toBe(total);
  }
});

test('every option that it names exists', async () => {
  const { stdout } = await runCli(['cost', '--help']);
  const options = [...text.matchAll(/--[a-z][a-z-]*/g)].map(([option]) => option);
  for (const option of options) expect(stdout).toContain(option);
});
