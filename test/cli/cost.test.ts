import { expect, test } from 'vitest';
import * as z from 'zod';
import { runCli } from './run-cli.ts';

const aThousand = ['cost', '--groups', '1000', '--partitions', '10000'];

const line = z.object({
  item: z.string(),
  quantity: z.number(),
  unitPrice: z.number(),
  usd: z.number(),
  from: z.string(),
});
const bill = z.object({
  totalUsd: z.number(),
  lines: z.array(line),
  alternatives: z.array(z.object({ what: z.string(), totalUsd: z.number(), lines: z.array(line) })),
});

test('as JSON: the total, its lines, and what one would pay instead', async () => {
  const { code, stdout } = await runCli([...aThousand, '--json']);
  expect(code).toBe(0);
  const { totalUsd, lines, alternatives } = bill.parse(JSON.parse(stdout));
  expect(totalUsd).toBeCloseTo(
    lines.reduce((sum, { usd }) => sum + usd, 0),
    9,
  );
  expect(alternatives).toHaveLength(3);
});

test('as a table for people, with the day of the prices', async () => {
  const { stdout } = await runCli([...aThousand, '--scrapers', '2', '--scrape-interval', '30s']);
  expect(stdout).toMatch(/^ITEM +QUANTITY +OF +USD +FROM$/m);
  expect(stdout).toMatch(/^HTTP API: scrapes +350,400 /m);
  expect(stdout).toMatch(/^a month in all +\d+\.\d\d$/m);
  expect(stdout).toMatch(/List prices of us-east-1 as of \d{4}-\d\d-\d\d/);
});

test.each([
  { why: 'no size', args: ['--groups', '10'], says: "required option '--partitions <count>'" },
  { why: 'a word', args: ['--groups', 'many', '--partitions', '10'], says: 'write a whole number' },
  { why: 'less than nothing', args: ['--groups', '-5', '--partitions', '10'], says: 'write a whole number' },
  {
    why: 'no cluster',
    args: ['--groups', '1', '--partitions', '1', '--clusters', '0'],
    says: 'a whole number of at least 1',
  },
  {
    why: 'an interval without a unit',
    args: ['--groups', '1', '--partitions', '1', '--interval', '60'],
    says: 'write a number and a unit',
  },
])('$why ends with exit 2', async ({ args, says }) => {
  expect(await runCli(['cost', ...args])).toMatchObject({ code: 2, stderr: expect.stringContaining(says) });
});
