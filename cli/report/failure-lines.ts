import type { ReadFailure } from '../../lambdas/core/cluster/snapshot.ts';
import { visible } from '../../lambdas/core/visible.ts';

/** Below a table: what is missing from it, and why. */
export function failureLines(failures: readonly ReadFailure[]): readonly string[] {
  if (failures.length === 0) return [];
  return [
    'Could not read:',
    ...failures.map((failure) => `  ${partOf(failure)}: ${visible(failure.message)} (${failure.code})`),
  ];
}

function partOf(failure: ReadFailure): string {
  switch (failure.part) {
    case 'broker':
      return `broker ${visible(failure.broker)}`;
    case 'group':
      return `group ${visible(failure.group)}`;
    case 'members':
      return `the members of group ${visible(failure.group)}`;
    case 'partition':
      return `partition ${visible(failure.topic)}-${failure.partition}`;
  }
}
