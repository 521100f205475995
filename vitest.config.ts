import { defineConfig } from 'vitest/config';
import { countReporter } from './test/setup/count-reporter.ts';

// Our functions log as on Lambda; a test looks at what they return.
const env = { POWERTOOLS_LOG_LEVEL: 'SILENT' };
// kafkajs, as tests' producers and consumers use it, computes a negative timeout, of which Node warns in every file.
const execArgv = ['--disable-warning=TimeoutNegativeWarning'];

/**
 * Three speeds: `unit` in seconds, `infra` synthesises the stacks, `e2e` starts real brokers and stores. And `long`, which
 * takes minutes and is left out of `npm test`.
 */
export default defineConfig({
  test: {
    reporters: ['default', countReporter],
    projects: [
      {
        test: {
          name: 'unit',
          env,
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/infra/**', 'test/long/**'],
        },
      },
      {
        test: { name: 'infra', env, include: ['test/infra/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 },
      },
      {
        test: {
          name: 'e2e',
          env,
          execArgv,
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/setup/fetch-real-parts.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // A broker per file is heavy: one file at a time keeps two cores honest.
          fileParallelism: false,
        },
      },
      { test: { name: 'long', env, execArgv, include: ['test/long/**/*.test.ts'], fileParallelism: false } },
    ],
  },
});
