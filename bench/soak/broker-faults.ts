import type { KafkaCluster } from '../../local/kafka-cluster.ts';
import { type Deedspan, note } from './deeds.ts';
import type { BrokerFault, Happening } from './plan.ts';
import { timeOfDay } from './time-of-day.ts';

/** One broker after the other, each back before the next. Returns what calls it off. */
export function playBrokerFaults(
  cluster: KafkaCluster,
  faults: readonly Happening<BrokerFault>[],
  deeds: Deedspan[],
): () => void {
  const timers = faults.flatMap(({ what, fromS, untilS }, index) => {
    const node = cluster.nodes[index % cluster.nodes.length];
    const act = async (begins: boolean) => {
      console.error(`${timeOfDay(Date.now())}    broker ${node?.id} ${what} ${begins ? 'begins' : 'is over'}`);
      if (begins) note(deeds, null, what, true);
      if (what === 'frozen') await (begins ? node?.freeze() : node?.resume());
      else await (begins ? node?.kill() : node?.start());
      if (!begins) note(deeds, null, what, false);
    };
    return [setTimeout(() => void act(true), fromS * 1_000), setTimeout(() => void act(false), untilS * 1_000)];
  });
  return () => {
    for (const timer of timers) clearTimeout(timer);
  };
}
