import type { Evidence } from '../evidence/evidence.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/** From one host to another is a move; there and back again is a fight. */
const CHANGES = 3;

/** Two live members use one group.instance.id: the coordinator fences the older each time the other joins. */
export function fencedTwins({ history, nowMs, settings, start }: Evidence): GateReason | null {
  const hosts = new Map<string, string[]>();
  for (let index = start; index < history.atMs.length; index++) {
    if (nowMs - (history.atMs[index] ?? 0) > settings.churnMs) continue;
    for (const member of history.members[index] ?? []) {
      const { instanceId, host } = history.roster[member] ?? { instanceId: null, host: '' };
      if (instanceId === null) continue;
      const seen = hosts.get(instanceId) ?? [];
      if (seen.at(-1) !== host) hosts.set(instanceId, [...seen, host]);
    }
  }
  for (const [instanceId, seen] of hosts) {
    const changes = seen.length - 1;
    if (changes < CHANGES || new Set(seen).size >= seen.length) continue;
    return {
      code: 'FENCED_TWINS',
      numbers: { changes, limit: CHANGES, spanMs: settings.churnMs },
      sentence: `instance id "${instanceId}" moved between hosts ${changes} times within ${seconds(settings.churnMs)}, limit ${CHANGES}: two members use it`,
    };
  }
  return null;
}
