import { refusal } from './refusal.ts';
import type { HttpRequest } from './request.ts';

/** A group id of Kafka may be longer, but no URL with one would come through the proxies on its way. */
const PATH_CHARACTERS_MAX = 2_048;
const QUERY_CHARACTERS_MAX = 8_192;
/** A login form is all that is ever sent here. */
export const BODY_BYTES_MAX = 8_192;

/** Null: the request is of a size that somebody could mean. */
export function tooLarge({ path, query, body }: HttpRequest): Response | null {
  const none = { path: '' };
  if (path.length > PATH_CHARACTERS_MAX) return refusal(none, 414, 'the path is too long');
  if (query.toString().length > QUERY_CHARACTERS_MAX) return refusal({ path }, 414, 'the query is too long');
  if (Buffer.byteLength(body) > BODY_BYTES_MAX) return refusal({ path }, 413, 'the body is too large');
  return null;
}
