import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SluicegateError } from '../lambdas/core/errors.ts';
import { findInPath } from './tools.ts';

/** Certificates of a throwaway cluster, as PEM text. Self-signed: the broker's certificate is its own authority. */
export interface Certificates {
  /** What a client trusts. */
  readonly ca: string;
  /** What a client shows on the SSL listener. */
  readonly client: { readonly certificate: string; readonly key: string };
  readonly files: { readonly brokerKeyAndCertificate: string; readonly clientCertificate: string };
}

/** Makes a broker's and a client's certificate in `folder`, with openssl. Throws TOOL_MISSING. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  const openssl = await findInPath('openssl', process.env);
  if (openssl === null) {
    throw new SluicegateError('TOOL_MISSING', 'TLS listeners need openssl to make certificates, and none is in PATH.');
  }
  const broker = await selfSigned(openssl, join(folder, 'broker'), 'localhost');
  const client = await selfSigned(openssl, join(folder, 'client'), 'lag-reader');
  const brokerKeyAndCertificate = join(folder, 'broker.pem');
  await writeFile(brokerKeyAndCertificate, broker.key + broker.certificate);
  return { ca: broker.certificate, client, files: { brokerKeyAndCertificate, clientCertificate: client.file } };
}

async function selfSigned(openssl: string, path: string, commonName: string) {
  const keyFile = `${path}.key`;
  const file = `${path}.crt`;
  await promisify(execFile)(openssl, [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30'],
    ...['-subj', `/CN=${commonName}`, '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ...['-keyout', keyFile, '-out', file],
  ]);
  return { key: await readFile(keyFile, 'utf8'), certificate: await readFile(file, 'utf8'), file };
}
