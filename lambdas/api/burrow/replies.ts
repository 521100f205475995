import type { HttpRequest } from '../http/request.ts';
import { bodyResponse, jsonResponse, lineResponse } from '../http/response.ts';

const TEXT = 'text/plain; charset=utf-8';

/** What is asked for, in Burrow's envelope: `error`, `message`, the fields, `request`. */
export const found = (request: HttpRequest, message: string, fields: object, status = 200): Response =>
  jsonResponse(status, { error: false, message, ...fields, ...echoOf(request) });

/** Burrow's configuration routes name the request before the fields. */
export const configured = (request: HttpRequest, message: string, fields: object): Response =>
  jsonResponse(200, { error: false, message, ...echoOf(request), ...fields });

export const missing = (request: HttpRequest, message: string): Response =>
  jsonResponse(404, { error: true, message, ...echoOf(request) });

const echoOf = ({ path, headers }: HttpRequest) => ({ request: { url: path, host: headers.get('host') ?? '' } });

export const plain = (text: string): Response => bodyResponse(200, text, TEXT);

/** Burrow's answer to a path that it does not know; JSON, though it says text. */
export const unknownPath = (): Response =>
  lineResponse(404, JSON.stringify({ error: true, message: 'invalid request type', result: {} }));

const ALLOW = { allow: 'GET, OPTIONS' };

export const otherMethod = (): Response => lineResponse(405, 'Method Not Allowed', ALLOW);

/** What Burrow lets everybody change and we let nobody. */
export const readOnly = (request: HttpRequest, why: string): Response =>
  jsonResponse(405, { error: true, message: why, ...echoOf(request) }, ALLOW);

/** To the same path without the slash at its end. */
export function withoutSlash({ path }: HttpRequest): Response {
  const location = encodeURI(path.toWellFormed().replace(/\/+$/, ''));
  const body = `<a href="${location}">Moved Permanently</a>.\n\n`;
  return bodyResponse(301, body, 'text/html; charset=utf-8', { location });
}
