import type { Authentication } from '../../core/cluster/connection.ts';
import { SluicegateError } from '../../core/errors.ts';
import { type JaasModule, parseJaasConfig } from './jaas-config.ts';
import { parseJavaProperties } from './java-properties.ts';

/** How to connect, by a properties file of Kafka's own clients; files that it names are not read yet. */
export interface ClientProperties {
  /** Null: plain text. */
  readonly tls: TlsProperties | null;
  readonly authentication: LoginProperties;
}

export interface TlsProperties {
  /** Null: the system's authorities. */
  readonly ca: PemSource | null;
  readonly client: {
    readonly certificate: PemSource;
    readonly key: PemSource;
    readonly passphrase: string | null;
  } | null;
  readonly verifyHostname: boolean;
}

/** PEM text, or the path of a file that holds it. */
export type PemSource = { readonly pem: string } | { readonly file: string };

export type LoginProperties =
  | Extract<Authentication, { readonly mechanism: 'none' | 'plain' | 'scram-sha-256' | 'scram-sha-512' }>
  /** The file does not say the region; MSK's broker names do. */
  | { readonly mechanism: 'msk-iam' }
  | {
      readonly mechanism: 'oauthbearer';
      readonly tokenEndpoint: string;
      readonly clientId: string;
      readonly clientSecret: string;
      readonly scope: string | null;
    };

/**
 * Reads the text of a `client.properties`, as Kafka's tools take it by `--command-config`. Keys that do not concern
 * connecting are ignored, as Kafka ignores them. Throws CONFIG_INVALID, which names the key and never a secret.
 */
export function parseClientProperties(text: string): ClientProperties {
  const properties = parseJavaProperties(text);
  const protocol = properties.get('security.protocol')?.trim().toUpperCase() ?? 'PLAINTEXT';
  switch (protocol) {
    case 'PLAINTEXT':
      return { tls: null, authentication: { mechanism: 'none' } };
    case 'SSL':
      return { tls: tlsOf(properties), authentication: { mechanism: 'none' } };
    case 'SASL_PLAINTEXT':
      return { tls: null, authentication: loginOf(properties) };
    case 'SASL_SSL':
      return { tls: tlsOf(properties), authentication: loginOf(properties) };
    default:
      throw invalid('security.protocol', `is "${protocol}": use PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL`);
  }
}

type Properties = ReadonlyMap<string, string>;

function tlsOf(properties: Properties): TlsProperties {
  const algorithm = properties.get('ssl.endpoint.identification.algorithm') ?? 'https';
  return {
    ca: pemOf(properties, { store: 'ssl.truststore', inline: 'ssl.truststore.certificates' }),
    client: clientCertificateOf(properties),
    // Kafka switches the check off by an empty value, and has no other algorithm.
    verifyHostname: algorithm.trim() !== '',
  };
}

function clientCertificateOf(properties: Properties): TlsProperties['client'] {
  const passphrase = properties.get('ssl.key.password') ?? null;
  const key = properties.get('ssl.keystore.key');
  const certificate = properties.get('ssl.keystore.certificate.chain');
  if (key !== undefined && certificate !== undefined) {
    refuseOtherThanPem(properties, 'ssl.keystore');
    return { certificate: { pem: certificate }, key: { pem: key }, passphrase };
  }
  if (key !== undefined || certificate !== undefined) {
    throw invalid('ssl.keystore.key', 'and ssl.keystore.certificate.chain go together: give both');
  }
  // A PEM key store holds key and certificate in one file.
  const store = pemOf(properties, { store: 'ssl.keystore', inline: null });
  return store === null ? null : { certificate: store, key: store, passphrase };
}

function pemOf(properties: Properties, { store, inline }: { store: string; inline: string | null }): PemSource | null {
  const pem = inline === null ? undefined : properties.get(inline);
  const file = properties.get(`${store}.location`);
  if (pem === undefined && file === undefined) return null;
  refuseOtherThanPem(properties, store);
  return pem === undefined ? { file: file ?? '' } : { pem };
}

/** Kafka's default type is JKS, which only Java reads. */
function refuseOtherThanPem(properties: Properties, store: string): void {
  const type = properties.get(`${store}.type`)?.trim().toUpperCase() ?? 'JKS';
  if (type === 'PEM') return;
  const file = properties.get(`${store}.location`) ?? 'the store';
  const toP12 =
    type === 'JKS'
      ? `keytool -importkeystore -srckeystore ${file} -destkeystore store.p12 -deststoretype PKCS12, then `
      : '';
  const options = store === 'ssl.truststore' ? '-nokeys -cacerts' : '-nodes';
  throw invalid(
    `${store}.type`,
    `is ${type}, which only Java reads; convert it: ${toP12}openssl pkcs12 -in ${type === 'JKS' ? 'store.p12' : file} ${options} -out store.pem, ` +
      `and set ${store}.type=PEM and ${store}.location=store.pem`,
  );
}

function loginOf(properties: Properties): LoginProperties {
  const mechanism = properties.get('sasl.mechanism')?.trim().toUpperCase() ?? 'GSSAPI';
  switch (mechanism) {
    case 'PLAIN':
      return { mechanism: 'plain', ...credentialsOf(properties) };
    case 'SCRAM-SHA-256':
      return { mechanism: 'scram-sha-256', ...credentialsOf(properties) };
    case 'SCRAM-SHA-512':
      return { mechanism: 'scram-sha-512', ...credentialsOf(properties) };
    case 'AWS_MSK_IAM':
      return mskIamLoginOf(properties);
    case 'OAUTHBEARER':
      return tokenLoginOf(properties);
    default:
      throw invalid(
        'sasl.mechanism',
        `is ${mechanism}${properties.has('sasl.mechanism') ? '' : " (Kafka's default)"}, which is not spoken here: use PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER or AWS_MSK_IAM`,
      );
  }
}

function credentialsOf(properties: Properties): { username: string; password: string } {
  const { options } = jaasOf(properties);
  return { username: optionOf(options, 'username'), password: optionOf(options, 'password') };
}

function tokenLoginOf(properties: Properties): LoginProperties {
  // MSK's own Java library speaks IAM through OAUTHBEARER as well.
  if (/\biam\b/i.test(properties.get('sasl.login.callback.handler.class') ?? '')) return mskIamLoginOf(properties);
  const tokenEndpoint = properties.get('sasl.oauthbearer.token.endpoint.url');
  if (tokenEndpoint === undefined) {
    throw invalid(
      'sasl.oauthbearer.token.endpoint.url',
      'is missing: OAUTHBEARER needs to know where tokens come from',
    );
  }
  return { mechanism: 'oauthbearer', tokenEndpoint, ...tokenClientOf(properties) };
}

/** In properties of its own since Kafka 4.1 (KIP-1139), in the login module's options before. */
function tokenClientOf(properties: Properties): { clientId: string; clientSecret: string; scope: string | null } {
  const clientId = properties.get('sasl.oauthbearer.client.credentials.client.id');
  const clientSecret = properties.get('sasl.oauthbearer.client.credentials.client.secret');
  if (clientId !== undefined && clientSecret !== undefined) {
    return { clientId, clientSecret, scope: properties.get('sasl.oauthbearer.scope') ?? null };
  }
  const { options } = jaasOf(properties);
  return {
    clientId: optionOf(options, 'clientId'),
    clientSecret: optionOf(options, 'clientSecret'),
    scope: options.get('scope') ?? null,
  };
}

/** Whose credentials sign is for the AWS SDK to find; another choice in the file must not be overlooked. */
function mskIamLoginOf(properties: Properties): LoginProperties {
  const options = properties.has('sasl.jaas.config') ? [...jaasOf(properties).options.keys()] : [];
  const chosen = options.find((name) => name === 'awsProfileName' || name === 'awsRoleArn');
  if (chosen !== undefined) {
    throw invalid(
      'sasl.jaas.config',
      `has ${chosen}, which is not supported: choose the credentials by the environment, for example AWS_PROFILE`,
    );
  }
  return { mechanism: 'msk-iam' };
}

function jaasOf(properties: Properties): JaasModule {
  const text = properties.get('sasl.jaas.config');
  if (text === undefined) throw invalid('sasl.jaas.config', 'is missing: it holds the credentials');
  const module = parseJaasConfig(text);
  if (module === null) {
    throw invalid(
      'sasl.jaas.config',
      'is not of the form: LoginModule required username="…" password="…"; (mind the semicolon)',
    );
  }
  return module;
}

function optionOf(options: ReadonlyMap<string, string>, name: string): string {
  const value = options.get(name);
  if (value === undefined) throw invalid('sasl.jaas.config', `lacks ${name}="…"`);
  return value;
}

function invalid(key: string, what: string): SluicegateError {
  return new SluicegateError('CONFIG_INVALID', `${key} ${what}`);
}
