import net from 'node:net';
import { Kafka, logLevel } from 'kafkajs';
import { printRun } from '../measurement.ts';

// kafkajs's public Admin as a careful user writes it: one call after the other, since concurrent ones share state and
// fail on larger clusters; each topic's offsets once, whatever the number of groups that read it.
const [brokers = '', times = '1'] = process.argv.slice(2);

await printRun(Number(times), async () => {
  const sockets: net.Socket[] = [];
  const kafka = new Kafka({
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
    socketFactory: ({ host, port, onConnect }) => {
      const socket = net.connect({ host, port }, onConnect);
      sockets.push(socket);
      return socket;
    },
  });
  const admin = kafka.admin();
  let requests = 0;
  admin.on(admin.events.REQUEST, () => {
    requests += 1;
  });
  await admin.connect();
  const { groups } = await admin.listGroups();
  const groupIds = groups.map(({ groupId }) => groupId);
  await admin.describeGroups(groupIds);
  const topics = new Set<string>();
  for (const groupId of groupIds) {
    for (const { topic } of await admin.fetchOffsets({ groupId })) topics.add(topic);
  }
  for (const topic of topics) await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const bytes = sockets.reduce((sum, socket) => sum + socket.bytesRead + socket.bytesWritten, 0);
  return { requests, bytes, groups: groupIds.length };
});
