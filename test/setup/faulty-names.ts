import dns from 'node:dns';

/**
 * What becomes of a look-up. `ENOTFOUND`: there is no such name. `EAI_AGAIN`: the resolver has no answer now. `silent`:
 * it never comes back.
 */
export const NAME_FAULTS = ['ENOTFOUND', 'EAI_AGAIN', 'silent'] as const;
export type NameFault = (typeof NAME_FAULTS)[number];

/** Names under `.test` for this machine, whose look-ups in this process can be made to fail. */
export interface FaultyNames {
  /** From now on; null: all are found. */
  failWhere(faultOf: (name: string) => NameFault | null): void;
  stop(): void;
}

type Answer = (error: NodeJS.ErrnoException | null, address?: string | dns.LookupAddress[], family?: number) => void;

/** Stands in the place of the system's resolver, which no test can make fail. */
export function startFaultyNames(): FaultyNames {
  const { lookup } = dns;
  let faultOf: (name: string) => NameFault | null = () => null;
  const answer = (name: string, wantsAll: boolean, done: Answer): void => {
    const fault = faultOf(name);
    if (fault === 'silent') return;
    const address = { address: '127.0.0.1', family: 4 };
    if (fault !== null) {
      const failed = { code: fault, syscall: 'getaddrinfo', hostname: name };
      done(Object.assign(new Error(`getaddrinfo ${fault} ${name}`), failed));
    } else if (wantsAll) done(null, [address]);
    else done(null, address.address, address.family);
  };
  const faulty = (name: string, options: dns.LookupOptions, done: Answer): void => {
    if (name.endsWith('.test')) process.nextTick(answer, name, options.all === true, done);
    else Reflect.apply(lookup, dns, [name, options, done]);
  };
  dns.lookup = faulty as typeof lookup;
  return {
    failWhere: (next) => {
      faultOf = next;
    },
    stop: () => {
      dns.lookup = lookup;
    },
  };
}
