/** How to reach a cluster, secrets resolved. Never logged. */
export interface ClusterConnection {
  /** `host:port`, tried in turn until one answers. */
  readonly brokers: readonly string[];
  /** Null: plain text. */
  readonly tls: TlsSettings | null;
  readonly authentication: Authentication;
}

export interface TlsSettings {
  /** PEM text of the authorities to trust; null: the system's. */
  readonly ca: string | null;
  /** PEM texts of our own certificate and key, for mutual TLS. */
  readonly client: { readonly certificate: string; readonly key: string; readonly passphrase: string | null } | null;
  /** False switches off the check of the broker's name against its certificate. */
  readonly verifyHostname: boolean;
}

export type Authentication =
  | { readonly mechanism: 'none' }
  | { readonly mechanism: 'plain'; readonly username: string; readonly password: string }
  | { readonly mechanism: 'scram-sha-256'; readonly username: string; readonly password: string }
  | { readonly mechanism: 'scram-sha-512'; readonly username: string; readonly password: string }
  | { readonly mechanism: 'msk-iam'; readonly region: string }
  /** Asks for a token each time one is needed. */
  | { readonly mechanism: 'oauthbearer'; readonly token: () => Promise<string> };

/** Which groups and topics to read; patterns match whole names. Applied before anything is fetched. */
export interface ReadFilter {
  readonly groups: NameFilter;
  readonly topics: NameFilter;
}

/** Allowed when it matches one of `allow` (empty: everything) and none of `deny`. */
export interface NameFilter {
  readonly allow: readonly RegExp[];
  readonly deny: readonly RegExp[];
}
