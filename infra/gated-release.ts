import type { Duration } from 'aws-cdk-lib';

/** What a gate does where it can't tell. `manual`: a human answers; only an approval, a pause and Argo can wait for one. */
export type GatePolicy = 'rollback' | 'promote' | 'manual';

/** How the new version's members are told from others: regular expressions, all of which must match. */
export interface NewVersion {
  readonly client?: string;
  readonly instance?: string;
  readonly host?: string;
}

/** A release as it is wired: what is released, and what a decision comes to that can't be made. */
export interface GatedRelease {
  /** The consumer group. */
  readonly group: string;
  /** Its cluster, by its configured name. Default: the only one. */
  readonly cluster?: string;
  readonly strategy: 'canary' | 'blue-green' | 'rolling' | 'stop';
  /** Default: by the addresses of the tasks, which only hooks of ECS can find. */
  readonly newVersion?: NewVersion;
  /** Until when a decision must be made. Default: 30 minutes. */
  readonly deadline?: Duration;
  /** Not clear at the deadline. */
  readonly onInconclusive: GatePolicy;
  /** The group could not be read at the deadline. Default: as `onInconclusive`. */
  readonly onBlind?: GatePolicy;
  /** Nothing but traffic was missing at the deadline. Default: as `onInconclusive`. */
  readonly onLowTraffic?: GatePolicy;
}

/** The same in the words of the gate's callers (docs/gate-in-a-pipeline.md). */
export function releaseParameters({ newVersion, deadline, ...release }: GatedRelease): Record<string, unknown> {
  return {
    ...release,
    ...(newVersion && { canary: newVersion }),
    ...(deadline && { deadline: `${deadline.toSeconds()}s` }),
  };
}

/** Throws where a policy leaves to a human what nobody waits for. */
export function refuseManual({ onInconclusive, onBlind, onLowTraffic }: GatedRelease, where: string): void {
  if (![onInconclusive, onBlind, onLowTraffic].includes('manual')) return;
  throw new Error(`${where} can't wait for a human: choose "rollback" or "promote", or wire approval()`);
}
