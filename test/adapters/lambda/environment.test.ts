import { tmpdir } from 'node:os';
import { afterEach, expect, test, vi } from 'vitest';
import { bundledText, environmentVariable } from '../../../lambdas/adapters/lambda/environment.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('what the stack should have set is named when it is missing', () => {
  vi.stubEnv('SLUICEGATE_TABLE', '');
  expect(() => environmentVariable('SLUICEGATE_TABLE')).toThrow(/^SLUICEGATE_TABLE is not set/);
});

test('a file beside the code is read from where Lambda unpacks it', () => {
  vi.stubEnv('LAMBDA_TASK_ROOT', process.cwd());
  expect(bundledText('sluicegate.config.example.json')).toContain('"clusters"');
  vi.stubEnv('LAMBDA_TASK_ROOT', tmpdir());
  expect(() => bundledText('no-such-file.json')).toThrow(/no-such-file\.json can't be read: the stack puts it there/);
});
