/** One HTTP request, whoever brought it: API Gateway, or the server on this machine. */
export interface HttpRequest {
  readonly method: string;
  /** Percent-decoded, as API Gateway's HTTP APIs hand it over: the other way round can't be told any more. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** Empty without one. */
  readonly body: string;
}
