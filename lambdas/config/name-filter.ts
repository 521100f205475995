import * as z from 'zod';
import type { NameFilter } from '../core/cluster/connection.ts';

/** A regular expression that must match a whole name: `billing` does not match `billing-test`. */
export const wholeName = z.string().transform((pattern, context): RegExp => {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u');
  } catch (cause) {
    context.addIssue(`"${pattern}" is not a regular expression (${(cause as Error).message})`);
    return z.NEVER;
  }
});

/** Which names to read: all that `allow` matches (everything if it is empty), less what `deny` matches. */
export const nameFilter = z
  .strictObject({ allow: z.array(wholeName).default([]), deny: z.array(wholeName).default([]) })
  .prefault({}) satisfies z.ZodType<NameFilter>;
