import { expect, test } from 'vitest';
import { startProgram } from '../../../local/demo/program.ts';

test('a program that ends before it is ready says so to whoever waits, and to whoever listens', async () => {
  const failures: string[] = [];
  const program = startProgram('missing', [], { told: () => undefined, failed: (why) => failures.push(why) });
  await expect(program.ready).rejects.toThrow(/^the demo's missing ended with exit code 1: .*Cannot find module/);
  expect(failures).toEqual([expect.stringMatching(/exit code 1/)]);
});

test('a program that we kill is no failure', async () => {
  const failures: string[] = [];
  const events = { told: () => undefined, failed: (why: string) => failures.push(why) };
  const program = startProgram('lone-consumer', ['127.0.0.1:9'], events);
  await program.kill();
  await expect(program.ready).rejects.toThrow(/exit code 137/);
  expect(failures).toEqual([]);
});
