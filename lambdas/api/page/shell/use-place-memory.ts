import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { hashTo, type Route } from '../routes.ts';

/** How far down the reader was in each list; details always begin at the top. */
const SCROLLED = new Map<string, number>();

/**
 * What a browser does between documents, for places within one: scroll to where the reader was in a list, begin a new
 * place at the top, and move the focus there, so that a screen reader reads on from it.
 */
export function usePlaceMemory({ cluster, place }: Route, main: RefObject<HTMLElement | null>): void {
  const key = hashTo(cluster ?? '', place);
  const isList = place.view !== 'group' && place.view !== 'release';
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else {
      main.current?.focus({ preventScroll: true });
      scrollTo({ top: isList ? (SCROLLED.get(key) ?? 0) : 0, behavior: 'instant' });
    }
    const remember = () => SCROLLED.set(key, scrollY);
    addEventListener('scroll', remember, { passive: true });
    return () => removeEventListener('scroll', remember);
  }, [key, isList, main]);
}
