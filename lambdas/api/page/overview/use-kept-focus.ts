import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** A row that moves because its group is in trouble now loses the focus on its way: it is given back. */
export function useKeptFocus(table: RefObject<HTMLTableElement | null>): void {
  const focused = useRef<string | null>(null);
  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      focused.current = target instanceof HTMLAnchorElement ? target.getAttribute('href') : null;
    };
    // Who points elsewhere has left on purpose.
    const forget = () => {
      focused.current = null;
    };
    document.addEventListener('focusin', remember);
    document.addEventListener('pointerdown', forget);
    return () => {
      document.removeEventListener('focusin', remember);
      document.removeEventListener('pointerdown', forget);
    };
  }, []);
  useLayoutEffect(() => {
    if (focused.current === null || document.activeElement !== document.body) return;
    const link = table.current?.querySelector<HTMLAnchorElement>(`a[href="${CSS.escape(focused.current)}"]`);
    link?.focus({ preventScroll: true });
  });
}
