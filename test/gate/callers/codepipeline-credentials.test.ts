import { expect, test, vi } from 'vitest';
import { aPipeline, context, judge, start } from '../../builders/codepipeline-actions.ts';
import { aCodePipelineEvent, CREDENTIAL } from '../../builders/codepipeline-event.ts';

test('no credential of an event reaches a log line, whatever goes wrong', async () => {
  const lines: string[] = [];
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((...args) => void lines.push(args.join(' ')));
  }
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  }
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'DEBUG');
  try {
    const { act, handler, world } = await aPipeline();
    await act(start);
    await act('{');
    world.fail('history');
    await act(judge);
    const { 'CodePipeline.job': job } = aCodePipelineEvent({ parameters: judge });
    const { id: _, ...nameless } = job;
    await handler({ 'CodePipeline.job': nameless }, context).catch(() => {});
  } finally {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  }
  expect(lines.join('\n')).toContain('could not be judged');
  expect(lines.join('\n')).not.toContain(CREDENTIAL);
});
