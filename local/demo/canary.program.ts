import { demoConsumer, demoKafka } from './client.ts';
import { DEMO_GROUPS, RELEASED_GROUPS } from './groups.ts';
import { runPaced } from './paced-consumer.ts';
import { tell } from './told.ts';
import { clientIdOf, newVersion } from './versions.ts';

// One member of a group's new version, in a process of its own: it gets deployed, and taken away. Arguments: the group,
// and the brokers.

const [name, ...brokers] = process.argv.slice(2);
const group = RELEASED_GROUPS.find((released) => released === name);
if (group === undefined) throw new Error(`there is no new version of "${name}"`);
const { topic, partitions } = DEMO_GROUPS[group];
const consumer = demoConsumer(demoKafka(brokers, `${clientIdOf(group, 2)}-1`), group);
const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
process.once('SIGTERM', async () => {
  await consumer.disconnect();
  process.exit(0);
});
await runPaced(consumer, topic, partitions, newVersion(group));
await joined;
tell({ ready: true });
