import * as z from 'zod';
import type { AuthenticationSource, TlsSource } from '../core/cluster/connection-settings.ts';

/** Where a secret lies; never the secret itself. */
export const secretSource = z.union(
  [z.strictObject({ secretArn: z.string().startsWith('arn:') }), z.strictObject({ env: z.string().min(1) })],
  { error: 'name where the secret lies: {"secretArn": "arn:…"} or {"env": "VARIABLE"}' },
);

const mskClusterArn = z.string().regex(/^arn:[\w-]+:kafka:[\w-]+:\d{12}:cluster\/[^/]+\/[^/]+$/, {
  error: ({ input }) => `"${input}" is not the ARN of an MSK cluster`,
});

/** How to prove who we are. Secrets are named by ARN or environment variable and never stand in the file. */
export const authentication = z
  .discriminatedUnion('mechanism', [
    z.strictObject({ mechanism: z.literal('none') }),
    z.strictObject({ mechanism: z.literal('plain'), credentials: secretSource }),
    z.strictObject({
      mechanism: z.literal('scram'),
      hash: z.enum(['sha-256', 'sha-512']).default('sha-512'),
      credentials: secretSource,
    }),
    z.strictObject({
      mechanism: z.literal('msk-iam'),
      region: z.string().min(1),
      /** Narrows the function's role to this cluster; null: every MSK cluster of that region in the account. */
      clusterArn: mskClusterArn.nullable().default(null),
    }),
    z.strictObject({ mechanism: z.literal('mtls'), certificate: secretSource }),
    z.strictObject({
      mechanism: z.literal('oauthbearer'),
      tokenEndpoint: z.url(),
      scope: z.string().nullable().default(null),
      credentials: secretSource,
    }),
  ])
  .prefault({ mechanism: 'none' }) satisfies z.ZodType<AuthenticationSource>;

/** `true` trusts the system's authorities, an object names another one, `false` is plain text. */
export const tls = z
  .union([
    z.boolean(),
    z.strictObject({ ca: secretSource.nullable().default(null), verifyHostname: z.boolean().default(true) }),
  ])
  .transform((value): TlsSource | null => {
    if (value === false) return null;
    return value === true ? { ca: null, verifyHostname: true } : value;
  });
