import net from 'node:net';
import { CONSUMER_GROUP_DESCRIBE } from '../../lambdas/adapters/kafka/api/consumer-group-describe.ts';
import { DESCRIBE_GROUPS } from '../../lambdas/adapters/kafka/api/describe-groups.ts';
import { DESCRIBE_SHARE_GROUP_OFFSETS } from '../../lambdas/adapters/kafka/api/describe-share-group-offsets.ts';
import { FIND_COORDINATOR } from '../../lambdas/adapters/kafka/api/find-coordinator.ts';
import { LIST_GROUPS } from '../../lambdas/adapters/kafka/api/list-groups.ts';
import { LIST_OFFSETS } from '../../lambdas/adapters/kafka/api/list-offsets.ts';
import { METADATA } from '../../lambdas/adapters/kafka/api/metadata.ts';
import { OFFSET_COMMIT } from '../../lambdas/adapters/kafka/api/offset-commit.ts';
import { OFFSET_FETCH } from '../../lambdas/adapters/kafka/api/offset-fetch.ts';
import { SHARE_GROUP_DESCRIBE } from '../../lambdas/adapters/kafka/api/share-group-describe.ts';
import { STREAMS_GROUP_DESCRIBE } from '../../lambdas/adapters/kafka/api/streams-group-describe.ts';
import { decodeWire, encodeWire, quotedGrammar, type WireValue } from './wire-grammar.ts';

/** Wire fields by the protocol's names. */
// biome-ignore lint/suspicious/noExplicitAny: the shape is the grammar's, which no static type knows
export type Wire = any;

/** An answer's fields; bytes as they are; or what a broker in trouble does. */
export type Answer = WireValue | Buffer | 'close' | 'silence';

export type ApiName = keyof typeof SPOKEN;

/** The version of each API that the scripted broker serves, and the file whose comment quotes it. */
const SPOKEN = {
  Metadata: { api: METADATA, file: 'metadata', version: 9, request: 9, response: 9 },
  ListGroups: { api: LIST_GROUPS, file: 'list-groups', version: 5, request: 5, response: 5 },
  OffsetFetch: { api: OFFSET_FETCH, file: 'offset-fetch', version: 9, request: 9, response: 9 },
  ListOffsets: { api: LIST_OFFSETS, file: 'list-offsets', version: 7, request: 7, response: 7 },
  DescribeGroups: { api: DESCRIBE_GROUPS, file: 'describe-groups', version: 6, request: 5, response: 6 },
  ConsumerGroupDescribe: {
    api: CONSUMER_GROUP_DESCRIBE,
    file: 'consumer-group-describe',
    version: 1,
    request: 0,
    response: 1,
  },
  ShareGroupDescribe: { api: SHARE_GROUP_DESCRIBE, file: 'share-group-describe', version: 1, request: 1, response: 1 },
  StreamsGroupDescribe: {
    api: STREAMS_GROUP_DESCRIBE,
    file: 'streams-group-describe',
    version: 0,
    request: 0,
    response: 0,
  },
  DescribeShareGroupOffsets: {
    api: DESCRIBE_SHARE_GROUP_OFFSETS,
    file: 'describe-share-group-offsets',
    version: 1,
    request: 0,
    response: 1,
  },
  OffsetCommit: { api: OFFSET_COMMIT, file: 'offset-commit', version: 9, request: 8, response: 8 },
  FindCoordinator: { api: FIND_COORDINATOR, file: 'find-coordinator', version: 4, request: 4, response: 4 },
} as const;

const API_VERSIONS_KEY = 18;

export interface ScriptedBroker {
  readonly port: number;
  /** Names of the requests that came, in order. */
  readonly asked: ApiName[];
  /** Connections that were accepted, ever. */
  connections(): number;
  /** Ends every connection as a dying broker does. */
  dropConnections(): void;
  stop(): Promise<void>;
}

/** A broker in this process that answers by script: for what real brokers do only by bad luck. */
export async function startScriptedBroker({
  answer,
  lacks = [],
}: {
  readonly answer: (api: ApiName, request: Wire) => Answer;
  /** APIs that it does not serve. */
  readonly lacks?: readonly ApiName[];
}): Promise<ScriptedBroker> {
  const asked: ApiName[] = [];
  const sockets = new Set<net.Socket>();
  let accepted = 0;
  const server = net.createServer((socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    onFrames(socket, (frame) => {
      const reply = replyTo(frame, { answer, lacks, asked });
      if (reply === 'close') socket.destroy();
      else if (reply !== 'silence') socket.write(reply);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const dropConnections = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as net.AddressInfo).port,
    asked,
    connections: () => accepted,
    dropConnections,
    async stop() {
      dropConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function onFrames(socket: net.Socket, handle: (frame: Buffer) => void): void {
  let pending = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    pending = Buffer.concat([pending, bytes]);
    while (pending.length >= 4 && pending.length >= 4 + pending.readInt32BE(0)) {
      const end = 4 + pending.readInt32BE(0);
      handle(pending.subarray(4, end));
      pending = pending.subarray(end);
    }
  });
}

function replyTo(
  frame: Buffer,
  {
    answer,
    lacks,
    asked,
  }: { answer: (api: ApiName, request: Wire) => Answer; lacks: readonly ApiName[]; asked: ApiName[] },
): Buffer | 'close' | 'silence' {
  const key = frame.readInt16BE(0);
  const correlation = frame.subarray(4, 8);
  if (key === API_VERSIONS_KEY) return framed(correlation, apiVersions(lacks));
  const [name, spoken] = Object.entries(SPOKEN).find(([, { api }]) => api.key === key) ?? [];
  // A request in a version that was not offered: real brokers close the connection.
  if (name === undefined || spoken === undefined || frame.readInt16BE(2) !== spoken.version) return 'close';
  asked.push(name as ApiName);
  const header = 10 + frame.readInt16BE(8) + 1;
  const request = decodeWire(grammarOf(spoken.file, `v${spoken.request} request`), frame.subarray(header)).value;
  const reply = answer(name as ApiName, request);
  if (reply === 'close' || reply === 'silence') return reply;
  const body = Buffer.isBuffer(reply)
    ? reply
    : encodeWire(grammarOf(spoken.file, `v${spoken.response} response`), reply);
  return framed(correlation, Buffer.concat([Buffer.of(0), body]));
}

function framed(correlation: Buffer, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(correlation.length + body.length);
  return Buffer.concat([length, correlation, body]);
}

/** ApiVersions v2, which kafkajs asks for. */
function apiVersions(lacks: readonly ApiName[]): Buffer {
  const served = Object.entries(SPOKEN).filter(([name]) => !lacks.includes(name as ApiName));
  const entries = [...served.map(([, { api, version }]) => [api.key, version]), [API_VERSIONS_KEY, 2]];
  const bytes = Buffer.alloc(6 + 6 * entries.length + 4);
  bytes.writeInt32BE(entries.length, 2);
  for (const [index, [key = 0, version = 0]] of entries.entries()) {
    bytes.writeInt16BE(key, 6 + 6 * index);
    bytes.writeInt16BE(version, 8 + 6 * index);
    bytes.writeInt16BE(version, 10 + 6 * index);
  }
  return bytes;
}

const grammars = new Map<string, ReturnType<typeof quotedGrammar>>();

function grammarOf(file: string, heading: string): ReturnType<typeof quotedGrammar> {
  const key = `${file} ${heading}`;
  const known = grammars.get(key) ?? quotedGrammar(`lambdas/adapters/kafka/api/${file}.ts`, heading);
  grammars.set(key, known);
  return known;
}
