/** What every route under /api/ answers with a status of 400 and above. */
export interface Problem {
  /** What is wrong and what to do about it, in one sentence. */
  readonly error: string;
}
