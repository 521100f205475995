import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { REGION } from '../../lambda-runtime/here.ts';
import { fetchMoto } from '../../setup/moto.ts';

const SUPPORTED =
  'import json; from moto.cloudformation.parsing import get_model_map; print(json.dumps(list(get_model_map())))';

/** The types of resources that moto's CloudFormation makes; of all others it makes nothing, and says nothing. */
export async function supportedTypes(): Promise<ReadonlySet<string>> {
  const python = await fetchMoto((line) => console.info(line));
  const { stdout } = await promisify(execFile)(python, ['-W', 'ignore', '-c', SUPPORTED]);
  return new Set(JSON.parse(stdout));
}

/** A call of one of the APIs that speak in forms and XML, for which no client is installed. Throws with its answer. */
export async function query(
  { endpoint, service, action }: { readonly endpoint: string; readonly service: string; readonly action: string },
  input: Readonly<Record<string, string>>,
): Promise<string> {
  const response = await fetch(endpoint, {
    method: 'POST',
    // moto looks at nothing but the scope, which tells it region and service.
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${REGION}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: new URLSearchParams({ Action: action, ...input }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${action}: ${answer}`);
  return answer;
}

/** The texts of an element, in order. */
export const textsOf = (xml: string, element: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(([, text = '']) => text);

/** Two elements of each member of a list; members that lack one are left out. */
export const pairsOf = (xml: string, first: string, second: string): readonly (readonly [string, string])[] =>
  xml.split('<member>').flatMap((member) => {
    const [[one], [other]] = [textsOf(member, first), textsOf(member, second)];
    return one === undefined || other === undefined ? [] : [[one, other] as const];
  });
