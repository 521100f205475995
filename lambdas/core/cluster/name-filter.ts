import type { NameFilter } from './connection.ts';

/** Whether a filter lets a name pass. Patterns match whole names: `orders` does not let `orders-test` pass. */
export function namesAllowedBy({ allow, deny }: NameFilter): (name: string) => boolean {
  const allowed = allow.map(wholeName);
  const denied = deny.map(wholeName);
  return (name) =>
    (allowed.length === 0 || allowed.some((pattern) => pattern.test(name))) &&
    !denied.some((pattern) => pattern.test(name));
}

/** Without the flags `g` and `y`, which make `test` remember where it stopped. */
function wholeName(pattern: RegExp): RegExp {
  return new RegExp(`^(?:${pattern.source})$`, pattern.flags.replace(/[gy]/g, ''));
}

/** A filter that lets one name pass and no other, whatever characters it has. */
export const onlyName = (name: string): NameFilter => ({
  allow: [new RegExp(name.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'))],
  deny: [],
});

/** A filter that lets every name pass. */
export const EVERY_NAME: NameFilter = { allow: [], deny: [] };
