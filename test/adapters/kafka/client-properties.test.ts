import { describe, expect, test } from 'vitest';
import { parseClientProperties } from '../../../lambdas/adapters/kafka/client-properties.ts';
import { parseJaasConfig } from '../../../lambdas/adapters/kafka/jaas-config.ts';
import { parseJavaProperties } from '../../../lambdas/adapters/kafka/java-properties.ts';

describe('Java properties', () => {
  test.each([
    { why: 'three ways to separate', text: 'a=1\nb: 2\nc 3', values: { a: '1', b: '2', c: '3' } },
    { why: 'spaces around the separator', text: '  a =  1  ', values: { a: '1  ' } },
    { why: 'comments and empty lines', text: '# a=1\n! b=2\n\n c=3', values: { c: '3' } },
    { why: 'a line that goes on', text: 'a=one \\\n   two', values: { a: 'one two' } },
    {
      why: 'an escaped backslash at the end is no continuation',
      text: 'a=one\\\\\nb=2',
      values: { a: 'one\\', b: '2' },
    },
    { why: 'escapes', text: 'a\\:b=\\u00e9\\n\\q', values: { 'a:b': 'é\nq' } },
    { why: 'a value with separators in it', text: 'a=b=c:d', values: { a: 'b=c:d' } },
    { why: 'no value', text: 'a=\nb', values: { a: '', b: '' } },
    { why: 'the last one wins', text: 'a=1\na=2', values: { a: '2' } },
    { why: 'lines of Windows', text: 'a=1\r\nb=2\r\n', values: { a: '1', b: '2' } },
    { why: 'a name like a property of objects', text: '__proto__=1', values: { ['__proto__']: '1' } },
  ])('$why', ({ text, values }) => {
    expect(parseJavaProperties(text)).toEqual(new Map(Object.entries(values)));
  });
});

describe('JAAS', () => {
  test.each([
    {
      why: 'quoted',
      text: 'a.b.PlainLoginModule required username="al ice" password="x";',
      options: { username: 'al ice', password: 'x' },
    },
    {
      why: 'bare words and single quotes',
      text: "M required username=alice password='x y' ;",
      options: { username: 'alice', password: 'x y' },
    },
    { why: 'escaped quotes', text: 'M required password="a\\"b\\\\c";', options: { password: 'a"b\\c' } },
    { why: 'a semicolon within quotes', text: 'M required password="a;b";', options: { password: 'a;b' } },
    { why: 'no options', text: 'software.amazon.msk.auth.iam.IAMLoginModule required;', options: {} },
  ])('$why', ({ text, options }) => {
    expect(parseJaasConfig(text)?.options).toEqual(new Map(Object.entries(options)));
  });

  test.each([
    '',
    'PlainLoginModule',
    'M required username="alice"',
    'M required username="alice',
    'M required = ;',
  ])('%j is none', (text) => {
    expect(parseJaasConfig(text)).toBeNull();
  });
});

describe('client.properties', () => {
  const jaas = (module: string, options: string) =>
    `sasl.jaas.config=org.apache.kafka.common.security.${module} required ${options};`;
  const PLAIN = jaas('plain.PlainLoginModule', 'username="bob" password="bob-secret"');

  test('an empty file is a plain connection', () => {
    expect(parseClientProperties('')).toEqual({ tls: null, authentication: { mechanism: 'none' } });
  });

  test.each([
    { mechanism: 'PLAIN', ours: 'plain' },
    { mechanism: 'SCRAM-SHA-256', ours: 'scram-sha-256' },
    { mechanism: 'SCRAM-SHA-512', ours: 'scram-sha-512' },
  ])('$mechanism takes its credentials from JAAS', ({ mechanism, ours }) => {
    const text = `security.protocol=SASL_PLAINTEXT\nsasl.mechanism=${mechanism}\n${PLAIN}`;
    expect(parseClientProperties(text)).toEqual({
      tls: null,
      authentication: { mechanism: ours, username: 'bob', password: 'bob-secret' },
    });
  });

  test('TLS with a PEM trust store in a file', () => {
    const text = 'security.protocol=SSL\nssl.truststore.type=PEM\nssl.truststore.location=/etc/ca.pem';
    expect(parseClientProperties(text).tls).toEqual({
      ca: { file: '/etc/ca.pem' },
      client: null,
      verifyHostname: true,
    });
  });

  test('TLS with everything in the file, the name check off', () => {
    const text = [
      'security.protocol=SSL',
      'ssl.truststore.type=PEM',
      'ssl.truststore.certificates=-----BEGIN CERTIFICATE-----\\nA',
      'ssl.keystore.type=PEM',
      'ssl.keystore.certificate.chain=-----BEGIN CERTIFICATE-----\\nB',
      'ssl.keystore.key=-----BEGIN ENCRYPTED PRIVATE KEY-----\\nC',
      'ssl.key.password=pass',
      'ssl.endpoint.identification.algorithm=',
    ].join('\n');
    expect(parseClientProperties(text).tls).toEqual({
      ca: { pem: '-----BEGIN CERTIFICATE-----\nA' },
      client: {
        certificate: { pem: '-----BEGIN CERTIFICATE-----\nB' },
        key: { pem: '-----BEGIN ENCRYPTED PRIVATE KEY-----\nC' },
        passphrase: 'pass',
      },
      verifyHostname: false,
    });
  });

  test('a PEM key store holds key and certificate in one file', () => {
    const text = 'security.protocol=SSL\nssl.keystore.type=PEM\nssl.keystore.location=/etc/client.pem';
    const file = { file: '/etc/client.pem' };
    expect(parseClientProperties(text).tls?.client).toEqual({ certificate: file, key: file, passphrase: null });
  });

  test.each([
    {
      why: "MSK IAM by its own library's mechanism",
      text: 'sasl.mechanism=AWS_MSK_IAM\nsasl.jaas.config=software.amazon.msk.auth.iam.IAMLoginModule required;',
    },
    {
      why: 'MSK IAM through OAUTHBEARER',
      text: 'sasl.mechanism=OAUTHBEARER\nsasl.login.callback.handler.class=software.amazon.msk.auth.iam.IAMOAuthBearerLoginCallbackHandler',
    },
  ])('$why', ({ text }) => {
    expect(parseClientProperties(`security.protocol=SASL_SSL\n${text}`).authentication).toEqual({
      mechanism: 'msk-iam',
    });
  });

  const TOKEN_URL = 'sasl.oauthbearer.token.endpoint.url=https://id.example/token';
  test.each([
    {
      why: 'in JAAS',
      text: jaas('oauthbearer.OAuthBearerLoginModule', 'clientId="app" clientSecret="s" scope="kafka"'),
    },
    {
      why: 'in properties of its own',
      text: 'sasl.oauthbearer.client.credentials.client.id=app\nsasl.oauthbearer.client.credentials.client.secret=s\nsasl.oauthbearer.scope=kafka',
    },
  ])('OAUTHBEARER with its client $why', ({ text }) => {
    const { authentication } = parseClientProperties(
      `security.protocol=SASL_SSL\nsasl.mechanism=OAUTHBEARER\n${TOKEN_URL}\n${text}`,
    );
    expect(authentication).toEqual({
      mechanism: 'oauthbearer',
      tokenEndpoint: 'https://id.example/token',
      clientId: 'app',
      clientSecret: 's',
      scope: 'kafka',
    });
  });

  test.each([
    { why: 'an unknown protocol', text: 'security.protocol=TLS', says: 'security.protocol is "TLS"' },
    { why: "Kafka's default mechanism", text: 'security.protocol=SASL_SSL', says: "GSSAPI (Kafka's default)" },
    { why: 'Kerberos', text: 'security.protocol=SASL_SSL\nsasl.mechanism=GSSAPI', says: 'sasl.mechanism is GSSAPI' },
    {
      why: 'no credentials',
      text: 'security.protocol=SASL_SSL\nsasl.mechanism=PLAIN',
      says: 'sasl.jaas.config is missing',
    },
    {
      why: 'half of the credentials',
      text: `security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\n${jaas('P', 'username="bob"')}`,
      says: 'lacks password',
    },
    {
      why: 'a forgotten semicolon',
      text: `security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\n${PLAIN.slice(0, -1)}`,
      says: 'semicolon',
    },
    {
      why: 'a JKS trust store',
      text: 'security.protocol=SSL\nssl.truststore.location=a.jks',
      says: 'keytool -importkeystore -srckeystore a.jks',
    },
    {
      why: 'a PKCS12 key store',
      text: 'security.protocol=SSL\nssl.keystore.type=PKCS12\nssl.keystore.location=a.p12',
      says: 'openssl pkcs12 -in a.p12',
    },
    {
      why: 'a key without a certificate',
      text: 'security.protocol=SSL\nssl.keystore.type=PEM\nssl.keystore.key=x',
      says: 'go together',
    },
    {
      why: 'tokens from nowhere',
      text: 'security.protocol=SASL_SSL\nsasl.mechanism=OAUTHBEARER',
      says: 'token.endpoint.url is missing',
    },
    {
      why: 'an AWS profile that would be overlooked',
      text: 'security.protocol=SASL_SSL\nsasl.mechanism=AWS_MSK_IAM\nsasl.jaas.config=a.IAMLoginModule required awsProfileName="ops";',
      says: 'AWS_PROFILE',
    },
  ])('$why: the key, what is wrong, what to do; never a secret', ({ text, says }) => {
    const parse = () => parseClientProperties(text);
    expect(parse).toThrow(says);
    expect(parse).not.toThrow(/bob-secret/);
    expect(parse).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });
});
