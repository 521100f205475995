/** How to reach a cluster, as the configuration says it: secrets are named, not held. */
export interface ConnectionSettings {
  readonly brokers: readonly string[];
  readonly tls: TlsSource | null;
  readonly authentication: AuthenticationSource;
}

export interface TlsSource {
  readonly ca: SecretSource | null;
  readonly verifyHostname: boolean;
}

export type AuthenticationSource =
  | { readonly mechanism: 'none' }
  | { readonly mechanism: 'plain'; readonly credentials: SecretSource }
  | { readonly mechanism: 'scram'; readonly hash: 'sha-256' | 'sha-512'; readonly credentials: SecretSource }
  | { readonly mechanism: 'msk-iam'; readonly region: string }
  | { readonly mechanism: 'mtls'; readonly certificate: SecretSource }
  | {
      readonly mechanism: 'oauthbearer';
      readonly tokenEndpoint: string;
      readonly scope: string | null;
      readonly credentials: SecretSource;
    };

/**
 * Where a secret lies. Credentials are JSON with `username` and `password`, as MSK keeps them; a certificate is JSON
 * with `certificate`, `key` and, if the key is encrypted, `passphrase`; an authority is PEM text.
 */
export type SecretSource = { readonly secretArn: string } | { readonly env: string };
