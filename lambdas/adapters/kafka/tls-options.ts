import { type ConnectionOptions, createSecureContext } from 'node:tls';
import type { TlsSettings } from '../../core/cluster/connection.ts';
import { SluicegateError } from '../../core/errors.ts';

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

/** Throws CONFIG_INVALID for certificates and keys that cannot be used; the broker has no part in that. */
export function refuseUnusableTls(settings: TlsSettings): void {
  // Node takes any text as authorities and then trusts none.
  if (settings.ca !== null && !settings.ca.includes('-----BEGIN CERTIFICATE-----')) {
    throw new SluicegateError(
      'CONFIG_INVALID',
      'the TLS authority is no PEM certificate: it must hold "-----BEGIN CERTIFICATE-----"',
    );
  }
  try {
    createSecureContext(tlsOptions(settings));
  } catch (cause) {
    const reason = (cause as Error).message.replace(/^error:[^:]*:[^:]*:[^:]*:/, '');
    throw new SluicegateError(
      'CONFIG_INVALID',
      `the TLS certificates cannot be used (${reason}): check that authority, client certificate and key are PEM text and belong together`,
      { cause },
    );
  }
}
