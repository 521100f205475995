import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Notice } from '../../lambdas/core/incident/notice.ts';

/** Takes whatever is published, in SNS's protocol. */
export interface SnsStub {
  readonly endpoint: string;
  /** In the order in which they came. */
  readonly notices: readonly Notice[];
  stop(): Promise<void>;
}

const TAKEN =
  '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m-1</MessageId>' +
  '</PublishResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></PublishResponse>';

export async function startSnsStub(): Promise<SnsStub> {
  const notices: Notice[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const form = new URLSearchParams(await text(incoming));
    notices.push(JSON.parse(form.get('Message') ?? 'null'));
    outgoing.writeHead(200, { 'content-type': 'text/xml' });
    outgoing.end(TAKEN);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    notices,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
