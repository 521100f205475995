import type { ConnectionOptions } from 'node:tls';
import type { TlsSettings } from '../../core/cluster/connection.ts';

/** Node's TLS options. The broker's certificate is always checked; only its name may be let pass. */
export function tlsOptions({ ca, client, verifyHostname }: TlsSettings): ConnectionOptions {
  return {
    rejectUnauthorized: true,
    ...(ca === null ? {} : { ca }),
    ...(client === null ? {} : { cert: client.certificate, key: client.key }),
    ...(client?.passphrase == null ? {} : { passphrase: client.passphrase }),
    ...(verifyHostname ? {} : { checkServerIdentity: () => undefined }),
  };
}
