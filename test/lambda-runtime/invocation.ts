/** A function as the synthesised template describes it, its asset unpacked. */
export interface FunctionSpec {
  readonly name: string;
  readonly arn: string;
  /** The folder that holds the code. */
  readonly code: string;
  /** `file.export`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryMb: number;
}

/** What came of one invocation, in the form in which Lambda passes it on. */
export type InvocationResult =
  | { readonly kind: 'succeeded'; readonly payload: unknown }
  | { readonly kind: 'failed'; readonly payload: InvocationError };

export interface InvocationError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

export const failed = (errorType: string, errorMessage: string): InvocationResult => ({
  kind: 'failed',
  payload: { errorType, errorMessage },
});
