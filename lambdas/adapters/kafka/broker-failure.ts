import type { ErrorCode } from '../../core/errors.ts';

/**
 * One broker did not answer a question. Beside other brokers' answers it becomes a `ReadFailure`;
 * when nothing else could be read either, it becomes the error that the caller gets.
 */
export class BrokerFailure extends Error {
  override readonly name = 'BrokerFailure';
  /** The code of the `ReadFailure`. */
  readonly code: string;
  /** What it means if no broker answers better. */
  readonly verdict: ErrorCode;
  /** True: the connection is of no more use, nor is another attempt in this reading. */
  readonly brokerIsLost: boolean;

  constructor(
    { code, verdict, brokerIsLost }: { code: string; verdict: ErrorCode; brokerIsLost: boolean },
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.verdict = verdict;
    this.brokerIsLost = brokerIsLost;
  }
}
