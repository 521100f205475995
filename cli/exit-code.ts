import { CommanderError } from 'commander';
import { type ErrorCode, SluicegateError } from '../lambdas/core/errors.ts';
import type { Decision } from '../lambdas/core/gate/judgement.ts';

/** What the exit code of every command means. `gate judge` adds its own decisions. */
export const EXIT = {
  fine: 0,
  /** A group is not OK. */
  problemFound: 1,
  /** The command line, the configuration or the input is wrong: the same call fails again. */
  usage: 2,
  /** A cluster, store or file did not answer: the same call may work later. */
  couldNotRead: 3,
  /** A bug in sluicegate (EX_SOFTWARE of sysexits.h). */
  bug: 70,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What `gate judge` says by its exit code. */
export const DECISION_EXIT: Readonly<Record<Decision, number>> = {
  PROMOTE: EXIT.fine,
  ROLLBACK: EXIT.problemFound,
  CONTINUE: 4,
  INCONCLUSIVE: 5,
};

const EXIT_OF: Readonly<Record<ErrorCode, ExitCode>> = {
  USAGE_INVALID: EXIT.usage,
  CONFIG_INVALID: EXIT.usage,
  CLUSTER_UNKNOWN: EXIT.usage,
  REPLAY_MALFORMED: EXIT.usage,
  EVENT_INVALID: EXIT.usage,
  RELEASE_UNKNOWN: EXIT.usage,
  RELEASE_REFUSED: EXIT.usage,
  TOOL_MISSING: EXIT.usage,
  BROKER_UNREACHABLE: EXIT.couldNotRead,
  BROKER_PROTOCOL_MISMATCH: EXIT.couldNotRead,
  BROKER_UNSUPPORTED: EXIT.couldNotRead,
  BROKER_DENIED: EXIT.couldNotRead,
  SECRET_UNREADABLE: EXIT.couldNotRead,
  TABLE_MISSING: EXIT.couldNotRead,
  STORE_UNREACHABLE: EXIT.couldNotRead,
  STORE_CORRUPT: EXIT.couldNotRead,
  STORE_CONFLICT: EXIT.couldNotRead,
  NOTICE_REFUSED: EXIT.couldNotRead,
  NOTIFIER_UNAVAILABLE: EXIT.couldNotRead,
  INPUT_UNREADABLE: EXIT.couldNotRead,
  SNAPSHOT_FAILED: EXIT.couldNotRead,
};

/** The exit code of whatever a command threw. Commander throws too when it has shown help or a version. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof SluicegateError) return EXIT_OF[error.code];
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  return EXIT.bug;
}
