import type { KafkaConfig } from 'kafkajs';
import type { Authentication } from '../../core/cluster/connection.ts';
import { oauthBearer } from './oauth-bearer.ts';

/** kafkajs's SASL options; undefined: none. */
export function saslOptions(authentication: Authentication): KafkaConfig['sasl'] {
  switch (authentication.mechanism) {
    case 'none':
      return undefined;
    case 'plain':
    case 'scram-sha-256':
    case 'scram-sha-512':
      return {
        mechanism: authentication.mechanism as 'plain',
        username: authentication.username,
        password: authentication.password,
      };
    case 'oauthbearer':
      return oauthBearer(authentication.token);
    case 'msk-iam':
      return oauthBearer(() => mskIamToken(authentication.region));
  }
}

/** Signs with the credentials that the AWS SDK finds. Loaded only here: it would add to every other user's cold start. */
async function mskIamToken(region: string): Promise<string> {
  const { generateAuthToken } = await import('aws-msk-iam-sasl-signer-js');
  const { token } = await generateAuthToken({ region });
  return token;
}
