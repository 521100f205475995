import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderRelease } from '../../../lambdas/adapters/ndjson/release-line.ts';
import { parseReplayLine } from '../../../lambdas/adapters/ndjson/replay-line.ts';
import { renderSnapshot } from '../../../lambdas/adapters/ndjson/snapshot-line.ts';

const PAGE = 'docs/replay-format.md';
const [input = ''] = readFileSync(PAGE, 'utf8').split('## What `replay` writes');
const examples = Array.from(input.matchAll(/```json\n(.+)\n```/g), ([, line = '']) => line);

test('the page of the format has examples', () => {
  expect(examples).toHaveLength(3);
});

test.each(examples)('what the page shows is read, and rendered back as it stands: %s', (line) => {
  const read = parseReplayLine(line, { source: PAGE, number: 1 });
  expect(read.kind === 'snapshot' ? renderSnapshot(read.snapshot) : renderRelease(read.release)).toBe(line);
});
