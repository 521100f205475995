import type { Mute } from '../incident/mute.ts';

/** Where mutes live. Adapters: DynamoDB, and memory for tests. */
export interface MuteStore {
  /** Those of a cluster that have not ended. */
  readAll(cluster: string): Promise<readonly Mute[]>;

  /** Adds a mute, or gives the one for the same groups another end. */
  put(mute: Mute): Promise<void>;

  /** Ends the mute for just these groups. False: there was none. */
  remove(mute: Pick<Mute, 'cluster' | 'groups'>): Promise<boolean>;
}
