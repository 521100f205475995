/**
 * Loaded into a function's process before its bundle (`NODE_OPTIONS=--import`): writes every call to AWS into the file
 * that the environment names. It stands at the wire, where no client and no minified name can pass it by.
 */
import { appendFileSync } from 'node:fs';
import http, { type ClientRequest } from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';

const file = process.env['SLUICEGATE_CALLS_FILE'];

/** One request as it left the function. */
export interface RecordedRequest {
  readonly function: string;
  readonly path: string;
  readonly target: string | null;
  readonly contentType: string;
  readonly body: string;
}

function recorded(request: ClientRequest): ClientRequest {
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown): void => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  const { write, end } = request;
  request.write = ((...args: Parameters<typeof write>) => {
    keep(args[0]);
    return write.apply(request, args);
  }) as typeof write;
  request.end = ((...args: Parameters<typeof end>) => {
    keep(args[0]);
    const line: RecordedRequest = {
      function: process.env['POWERTOOLS_SERVICE_NAME'] ?? '',
      path: request.path,
      target: request.getHeader('x-amz-target')?.toString() ?? null,
      contentType: request.getHeader('content-type')?.toString() ?? '',
      body: Buffer.concat(chunks).toString(),
    };
    if (file !== undefined) appendFileSync(file, `${JSON.stringify(line)}\n`);
    return end.apply(request, args);
  }) as typeof end;
  return request;
}

for (const module of [http, https]) {
  const { request } = module;
  module.request = ((...args: Parameters<typeof request>) => recorded(request.apply(module, args))) as typeof request;
}
syncBuiltinESMExports();
