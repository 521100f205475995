import type { KafkaConfig } from 'kafkajs';
import type { Authentication } from '../../core/cluster/connection.ts';
import { SluicegateError } from '../../core/errors.ts';
import { oauthBearer } from './oauth-bearer.ts';

/** How one connection proves who we are. */
export interface Login {
  /**
   * Gets the token, where there is one, before there is a connection: a cold function may load credentials for longer
   * than a healthy broker may take to answer.
   */
  prepare(): Promise<void>;
  /** kafkajs's SASL options; undefined: none. */
  readonly sasl: KafkaConfig['sasl'];
}

export function loginWith(authentication: Authentication): Login {
  switch (authentication.mechanism) {
    case 'none':
      return { prepare: async () => {}, sasl: undefined };
    case 'plain':
    case 'scram-sha-256':
    case 'scram-sha-512': {
      const { username, password } = authentication;
      // kafkajs's types want each mechanism apart.
      const mechanism = authentication.mechanism as 'plain';
      return { prepare: async () => {}, sasl: { mechanism, username, password } };
    }
    case 'oauthbearer':
      return tokenLogin(authentication.token);
    case 'msk-iam':
      return tokenLogin(() => mskIamToken(authentication.region));
  }
}

/** A prepared token serves the first login; one that Kafka asks for later, before the session ends, gets a new one. */
function tokenLogin(source: () => Promise<string>): Login {
  let prepared: string | null = null;
  return {
    async prepare() {
      prepared = await tokenOf(source);
    },
    sasl: oauthBearer(async () => {
      const token = prepared ?? (await tokenOf(source));
      prepared = null;
      return token;
    }),
  };
}

async function tokenOf(source: () => Promise<string>): Promise<string> {
  try {
    return await source();
  } catch (cause) {
    // Whoever was to give the token may have said already why there is none.
    if (cause instanceof SluicegateError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SluicegateError('BROKER_DENIED', `no token to log in with could be had: ${reason}`, { cause });
  }
}

/** Signs with the credentials that the AWS SDK finds. Loaded only here: it would add to every other user's cold start. */
async function mskIamToken(region: string): Promise<string> {
  const { generateAuthToken } = await import('aws-msk-iam-sasl-signer-js');
  const { token } = await generateAuthToken({ region });
  return token;
}
