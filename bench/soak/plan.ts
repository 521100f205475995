import { type Random, randomOf } from '../histories/random.ts';

/** What the soak does to a group. The first three are faults that must be noticed; the others are life. */
export const DEEDS = ['stopped', 'stalled', 'slowed', 'burst', 'redeployed', 'joined'] as const;
export type Deed = (typeof DEEDS)[number];

/** What is done to a broker: no group's fault. */
export const BROKER_FAULTS = ['killed', 'frozen'] as const;
export type BrokerFault = (typeof BROKER_FAULTS)[number];

/** Something that begins and is over again. Seconds since every group has worked. */
export interface Happening<What> {
  readonly what: What;
  readonly fromS: number;
  readonly untilS: number;
}

export interface SoakPlan {
  readonly groups: readonly GroupPlan[];
  readonly brokers: readonly Happening<BrokerFault>[];
}

export interface GroupPlan {
  readonly group: string;
  readonly topic: string;
  /** Messages a second of each partition. */
  readonly perS: number;
  readonly members: number;
  readonly happenings: readonly Happening<Deed>[];
}

export const PARTITIONS = 4;
const GROUPS = 8;
/** Rules learn what is usual before anything happens. */
const QUIET_S = 90;
/** After one happening and before the next, so that one explains what is seen. */
const APART_S = 75;
/** All is well again before the end, so that every incident can be over. */
const END_S = 90;

/** How long each lasts: faults long enough that the rules must see them, twelve times faster than in life. */
const LASTS_S: Readonly<Record<Deed | BrokerFault, readonly [number, number]>> = {
  stopped: [40, 70],
  stalled: [60, 90],
  slowed: [200, 240],
  burst: [1, 1],
  redeployed: [4, 7],
  joined: [20, 40],
  killed: [20, 40],
  frozen: [15, 25],
};

/** What happens in a soak of that length: the same for the same seed. */
export function soakPlan(forS: number, seed: number): SoakPlan {
  const random = randomOf(seed);
  const brokers = brokerFaults(forS, random.stream('brokers'));
  const groups = Array.from({ length: GROUPS }, (_, index): GroupPlan => {
    const own = random.stream(`group ${index}`);
    const [group, topic] = [`soak-${index}`, `soak.${index}`];
    const [perS, members] = [own.whole(5, 20), own.whole(1, 2)];
    return { group, topic, perS, members, happenings: happeningsOf(forS, own, brokers) };
  });
  return { groups, brokers };
}

/** Every eight minutes or so, and not in a soak of a few minutes. */
function brokerFaults(forS: number, random: Random): Happening<BrokerFault>[] {
  const faults: Happening<BrokerFault>[] = [];
  let fromS = QUIET_S + random.between(120, 240);
  while (fromS < forS - 2 * END_S) {
    const fault = happening(random.pick(BROKER_FAULTS), fromS, random);
    faults.push(fault);
    fromS = fault.untilS + random.between(400, 520);
  }
  return faults;
}

/** One after the other, none near a broker's fault: what a group is called then can't be told from the broker's doing. */
function happeningsOf(
  forS: number,
  random: Random,
  brokers: readonly Happening<BrokerFault>[],
): readonly Happening<Deed>[] {
  const happenings: Happening<Deed>[] = [];
  let fromS = QUIET_S + random.between(0, 60);
  for (;;) {
    const next = happening(random.pick(DEEDS), fromS, random);
    if (next.untilS > forS - END_S) return happenings;
    const near = brokers.find((fault) => fault.fromS < next.untilS + APART_S && fault.untilS + APART_S > next.fromS);
    if (near !== undefined) {
      // Each at a time of its own: groups that stop at one moment are taken for the cluster's trouble, and rightly.
      fromS = near.untilS + APART_S + random.between(1, 90);
      continue;
    }
    happenings.push(next);
    fromS = next.untilS + APART_S + random.between(0, 60);
  }
}

function happening<What extends Deed | BrokerFault>(what: What, fromS: number, random: Random): Happening<What> {
  const [least, most] = LASTS_S[what];
  return { what, fromS, untilS: fromS + random.between(least, most) };
}
