import { useEffect, useRef, useState } from 'preact/hooks';
import type { GroupEntry } from '../../answers/groups-answer.ts';
import { changesText } from '../data/changes.ts';

/** What changed at the latest look, for the page's live region; stays until something else changes. */
export function useChangesTold(entries: readonly GroupEntry[]): string {
  const before = useRef<readonly GroupEntry[]>([]);
  const [told, setTold] = useState('');
  useEffect(() => {
    const text = changesText(before.current, entries);
    before.current = entries;
    if (text !== '') setTold(text);
  }, [entries]);
  return told;
}
