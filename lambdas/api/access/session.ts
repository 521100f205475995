import { createHmac } from 'node:crypto';
import { isSame } from '../../adapters/secrets/access-token.ts';

/** A day's work; then the browser asks for the token again. */
export const SESSION_S = 12 * 3_600;

/**
 * What a browser keeps instead of the token: until when it counts, and a proof of it that only the token's holder can
 * make. Nothing is stored here: another token ends all sessions at once.
 */
export function sessionValue(token: string, nowMs: number): string {
  const expiresAtS = Math.floor(nowMs / 1_000) + SESSION_S;
  return `${expiresAtS}.${proofOf(token, `${expiresAtS}`)}`;
}

export function isSession(value: string, token: string, nowMs: number): boolean {
  const [, expiresAtS, proof] = /^(\d{1,12})\.([\w-]{43})$/.exec(value) ?? [];
  if (expiresAtS === undefined || proof === undefined) return false;
  return isSame(proof, proofOf(token, expiresAtS)) && Number(expiresAtS) > nowMs / 1_000;
}

const proofOf = (token: string, expiresAtS: string): string =>
  createHmac('sha256', token).update(`sluicegate session until ${expiresAtS}`).digest('base64url');
