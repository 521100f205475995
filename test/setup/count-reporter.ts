import type { Reporter, TestModule } from 'vitest/node';

/** Closes a run with one plain line of counts; under CI a test that was skipped fails the run. */
export const countReporter: Reporter = {
  onTestRunEnd(modules: readonly TestModule[]) {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state] += 1;
      if (module.state() === 'failed') count.failed = Math.max(count.failed, 1);
    }
    const skipped = count.skipped + count.pending;
    if (skipped > 0 && process.env['CI']) process.exitCode = 1;
    process.on('exit', () =>
      process.stdout.write(`${count.passed} passed, ${count.failed} failed, ${skipped} skipped\n`),
    );
  },
};
