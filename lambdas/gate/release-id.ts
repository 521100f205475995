import { hash } from 'node:crypto';

/** The caller's own name for a run of a release. */
export interface Execution {
  readonly cluster: string;
  readonly group: string;
  readonly executionId: string;
}

const NAME_CHARACTERS_MAX = 40;
const DIGEST_CHARACTERS = 16;

/**
 * The id of an execution's release: always the same for the same one, so that a call that comes twice is one release.
 * It begins with the group's name for people, and fits in a token, a URL and a command line.
 */
export function releaseIdOf({ cluster, group, executionId }: Execution): string {
  const name = group.replaceAll(/[^\w.-]+/g, '-').slice(0, NAME_CHARACTERS_MAX);
  return `${name}-${hash('sha256', JSON.stringify([cluster, group, executionId])).slice(0, DIGEST_CHARACTERS)}`;
}
