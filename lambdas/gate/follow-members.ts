import { SluicegateError } from '../core/errors.ts';
import type { MemberSelector } from '../core/release/release.ts';
import { findRelease } from './find-release.ts';
import type { GateDependencies, ReleaseName } from './gate.ts';

const LOOKS = 3;

/** From the next sample on, the new version's members are told by another selector; those that came are judged on. */
export async function followMembers(
  { ledger }: Pick<GateDependencies, 'ledger'>,
  name: ReleaseName,
  canary: MemberSelector,
): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    const entry = await findRelease(ledger, name);
    const { release, version, state } = entry;
    if (state === 'finished' || isSame(release.canary, canary)) return;
    const next = { ...entry, version: version + 1, release: { ...release, canary } };
    if ((await ledger.write(next)) === 'written') return;
  }
  throw new SluicegateError('STORE_CONFLICT', 'others keep writing this release: ask again');
}

const isSame = (one: MemberSelector, other: MemberSelector): boolean =>
  one.client === other.client && one.instance === other.instance && one.host === other.host;
