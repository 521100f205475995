import type { Authenticator, Mechanism } from 'kafkajs';
import { SluicegateError } from '../../core/errors.ts';

/**
 * SASL/OAUTHBEARER (RFC 7628) as a mechanism of our own, through kafkajs's public option for one: its built-in one does
 * not look at the answer. A broker that refuses a token says so in the answer and fails only the next request, which then
 * looks like a broken cluster.
 */
export function oauthBearer(token: () => Promise<string>): Mechanism {
  return {
    mechanism: 'oauthbearer',
    authenticationProvider: ({ saslAuthenticate }): Authenticator => ({
      async authenticate() {
        const message = Buffer.from(`n,,\x01auth=Bearer ${await token()}\x01\x01`);
        const refusal = await saslAuthenticate<Buffer>({
          request: { encode: async () => withLength(message) },
          response: { decode: async (answer: Buffer) => answer.subarray(4), parse: (answer: Buffer) => answer },
        });
        // Nothing is the answer to a good token.
        if (refusal !== undefined && refusal.length > 0) throw refusedToken(refusal);
      },
    }),
  };
}

function withLength(message: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(message.length);
  return Buffer.concat([length, message]);
}

/** The refusal is JSON with a `status` (RFC 7628, section 3.2.2). */
function refusedToken(refusal: Buffer): SluicegateError {
  const [, status = 'no reason given'] = /"status"\s*:\s*"([^"]*)"/.exec(refusal.toString('utf8')) ?? [];
  return new SluicegateError(
    'BROKER_DENIED',
    `the broker refuses the token (${status}): check that it is for this cluster, and has not expired`,
  );
}
