import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';

const WORTH_IT_BYTES = 1_024;

/** The same response in a fraction of its size, for whoever takes it so: an invocation's answer has a limit of 6 MB. */
export async function compressed(response: Response, acceptEncoding: string | null): Promise<Response> {
  if (!/\bgzip\b/.test(acceptEncoding ?? '')) return response;
  const body = await response.arrayBuffer();
  const { status } = response;
  const headers = new Headers(response.headers);
  headers.append('vary', 'accept-encoding');
  if (body.byteLength < WORTH_IT_BYTES) return new Response(body, { status, headers });
  headers.set('content-encoding', 'gzip');
  const packed = await promisify(gzip)(body, { level: constants.Z_BEST_SPEED });
  return new Response(new Uint8Array(packed), { status, headers });
}
