import type { ClusterEntry } from '../../answers/clusters-answer.ts';
import { StatusMark } from '../parts/status-mark.tsx';
import { Since } from '../parts/time.tsx';
import { countOf } from '../words/numbers.ts';
import { plainStatus } from '../words/statuses.ts';

/** What is wrong with the cluster as a whole: it explains what is seen of its groups. Nothing while nothing is. */
export function ClusterTrouble({ entry }: { readonly entry: ClusterEntry | null }) {
  if (entry === null || (entry.trouble === null && entry.readFailures === 0)) return null;
  const { trouble, readFailures } = entry;
  return (
    <div class="cluster-trouble">
      {trouble !== null && (
        <p>
          <StatusMark tone={trouble.kind === 'STORM' ? 'err' : 'warn'}>{plainStatus(trouble.kind)}</StatusMark> for{' '}
          <Since atMs={trouble.sinceMs} />
          {trouble.kind === 'STORM'
            ? ': many groups at once, so look for one cause.'
            : ': what hangs on it is not known.'}
        </p>
      )}
      {readFailures > 0 && (
        <p>
          <StatusMark tone="unknown">Blind spots</StatusMark> The newest reading could not read{' '}
          {countOf(readFailures, 'part')} of the cluster.
        </p>
      )}
    </div>
  );
}
