import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePorts } from '../../local/free-ports.ts';

test('ports differ, can be listened on, and lie below those of outgoing connections', async () => {
  const ports = await freePorts(8);
  expect(new Set(ports).size).toBe(8);
  expect(Math.max(...ports)).toBeLessThan(32_768);
  const servers = ports.map((port) => createServer().listen(port, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  for (const server of servers) server.close();
});
