import { kafkajsChannel } from '../../lambdas/adapters/kafka/kafkajs-transport.ts';
import { decodeWire, encodeWire, parseGrammar, type WireType, type WireValue } from './wire-grammar.ts';

/** An API that only tests speak, by its layouts. */
export interface WireApi {
  readonly key: number;
  readonly name: string;
  readonly version: number;
  readonly request: WireType;
  readonly response: WireType;
}

export function wireApi(
  key: number,
  name: string,
  version: number,
  layouts: { request: string; response: string },
): WireApi {
  return { key, name, version, request: parseGrammar(layouts.request), response: parseGrammar(layouts.response) };
}

/** Sends any request to one broker: to join groups and to commit as no client library of ours can. */
export interface WireClient {
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the grammar's, which no static type knows
  ask(api: WireApi, request: WireValue): Promise<any>;
  close(): void;
}

export async function wireClient(broker: string): Promise<WireClient> {
  const [host = '', port = ''] = broker.split(':');
  const connection = { brokers: [broker], tls: null, authentication: { mechanism: 'none' } } as const;
  const channel = kafkajsChannel(connection, { host, port: Number(port) });
  await channel.open();
  return {
    async ask({ key, name, version, request: layout, response }, request) {
      const payload = await channel.send({ key, name, version, body: encodeWire(layout, request) });
      // The header's tags come first.
      return decodeWire(response, payload.subarray(1)).value;
    },
    close: () => channel.destroy(),
  };
}
