import { hash, timingSafeEqual } from 'node:crypto';
import { SluicegateError } from '../../core/errors.ts';

/** What people make up is guessed; `openssl rand -base64 24` has 32. */
const TOKEN_CHARACTERS_MIN = 16;

/**
 * The token as it lies in a secret or a file, without the line break at its end. Throws SECRET_UNREADABLE when it is too
 * short to keep anybody out, or could not be sent in a header.
 */
export function checkedToken(text: string): string {
  const token = text.trim();
  if (token.length >= TOKEN_CHARACTERS_MIN && /^[\x21-\x7e]+$/.test(token)) return token;
  throw new SluicegateError(
    'SECRET_UNREADABLE',
    `the token of the HTTP API shall have at least ${TOKEN_CHARACTERS_MIN} characters, letters, digits and signs without spaces: make one with "openssl rand -base64 24"`,
  );
}

/** Whether two texts are the same, in a time that says nothing about where they differ, nor how long they are. */
export const isSame = (a: string, b: string): boolean =>
  timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
