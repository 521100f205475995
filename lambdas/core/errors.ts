/**
 * Every way in which sluicegate asks a human to act. The list is closed: a caller may switch over it,
 * and docs/errors.md says for each code what to do.
 */
export type ErrorCode =
  | 'USAGE_INVALID'
  | 'CONFIG_INVALID'
  | 'CLUSTER_UNKNOWN'
  | 'BROKER_UNREACHABLE'
  | 'BROKER_PROTOCOL_MISMATCH'
  | 'BROKER_UNSUPPORTED'
  | 'BROKER_DENIED'
  | 'SECRET_UNREADABLE'
  | 'TABLE_MISSING'
  | 'STORE_UNREACHABLE'
  | 'STORE_CORRUPT'
  | 'STORE_CONFLICT'
  | 'NOTICE_REFUSED'
  | 'NOTIFIER_UNAVAILABLE'
  | 'INPUT_UNREADABLE'
  | 'REPLAY_MALFORMED'
  | 'TOOL_MISSING'
  | 'EVENT_INVALID'
  | 'SNAPSHOT_FAILED'
  | 'RELEASE_UNKNOWN'
  | 'RELEASE_REFUSED';

/** A failure someone must act on. Expected outcomes are return values, never one of these. */
export class SluicegateError extends Error {
  override readonly name = 'SluicegateError';
  readonly code: ErrorCode;

  /** @param message what happened, with which values, and what to do about it */
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
