import * as z from 'zod';
import type { AuthenticationSource, SecretSource, TlsSource } from '../core/cluster/connection-settings.ts';
import { authentication, secretSource, tls } from './authentication.ts';
import { durationMs } from './duration.ts';
import { nameFilter } from './name-filter.ts';
import { vpcSchema } from './network.ts';

const clusterName = z.string().regex(/^[\w.-]{1,64}$/, {
  error: ({ input }) => `"${input}" may hold letters, digits, ".", "_" and "-", 64 at most`,
});

const BROKER_ADDRESS = /^[^\s:,]+:\d{1,5}$/;

/** Whether it is `host:port`. */
export const isBrokerAddress = (text: string): boolean => BROKER_ADDRESS.test(text);

const broker = z.string().regex(BROKER_ADDRESS, { error: ({ input }) => `"${input}" is not host:port` });

/** One cluster to watch. Only its name and its brokers are required; groups are found, not configured. */
export const clusterSchema = z
  .strictObject({
    name: clusterName,
    brokers: z.array(broker).min(1),
    tls: tls.optional(),
    authentication,
    groups: nameFilter,
    topics: nameFilter,
    readCommitted: z.boolean().default(false),
    sampleInterval: durationMs({ min: '1s', max: '1h' }).prefault('60s'),
    vpc: vpcSchema.nullable().default(null),
    restore: z
      .strictObject({ secret: secretSource.nullable().default(null) })
      .nullable()
      .default(null),
  })
  .refine(({ tls: asked, authentication: { mechanism } }) => asked !== null || impliedTls(mechanism) === null, {
    error: 'this authentication exists over TLS only: leave "tls" out or set it to true',
    path: ['tls'],
  })
  .refine(({ authentication: { mechanism }, restore }) => (restore?.secret ?? null) === null || hasSecret(mechanism), {
    error: 'this authentication has no secret that another one could replace: leave it out',
    path: ['restore', 'secret'],
  })
  .transform(({ sampleInterval: sampleIntervalMs, tls: asked, ...cluster }) => ({
    ...cluster,
    sampleIntervalMs,
    tls: asked === undefined ? impliedTls(cluster.authentication.mechanism) : asked,
  }));

export type ClusterConfig = z.output<typeof clusterSchema>;

/** The cluster as whoever puts offsets back reaches it; null: nobody may. */
export function restoreAccessOf({ restore, ...cluster }: ClusterConfig): ClusterConfig | null {
  if (restore === null) return null;
  const { authentication: own } = cluster;
  return { ...cluster, restore, authentication: restore.secret === null ? own : withSecret(own, restore.secret) };
}

const hasSecret = (mechanism: string): boolean => mechanism !== 'none' && mechanism !== 'msk-iam';

function withSecret<Source extends AuthenticationSource>(own: Source, secret: SecretSource): Source {
  if (own.mechanism === 'mtls') return { ...own, certificate: secret };
  return 'credentials' in own ? { ...own, credentials: secret } : own;
}

/** IAM and client certificates exist over TLS only; whoever leaves `tls` out there means it. */
const impliedTls = (mechanism: string): TlsSource | null =>
  mechanism === 'msk-iam' || mechanism === 'mtls' ? { ca: null, verifyHostname: true } : null;
