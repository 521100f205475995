import { demoConsumer, demoKafka, firstCommits } from './client.ts';
import { DEMO_GROUPS } from './groups.ts';
import { EASY, runPaced } from './paced-consumer.ts';
import { tell } from './told.ts';

// The only consumer of orders-stopped, in a process of its own: it gets killed. Arguments: the brokers.

const group = 'orders-stopped';
const { topic, partitions } = DEMO_GROUPS[group];
const consumer = demoConsumer(demoKafka(process.argv.slice(2), `${group}-1`), group);
const ready = firstCommits([consumer], partitions);
await runPaced(consumer, topic, partitions, EASY);
await ready;
tell({ ready: true });
