import { useEffect, useState } from 'preact/hooks';

/** A bit more than a screenful. */
const ROWS_AT_FIRST = 30;

/** Rows below the screen can wait for a frame, but nobody shall scroll into nothing. */
const ROWS_A_FRAME = 200;

/** How many of so many rows are drawn by now: those on the screen at first, so that they are seen at once. */
export function useReached(rows: number): number {
  const [reached, setReached] = useState(ROWS_AT_FIRST);
  useEffect(() => {
    if (reached >= rows) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // The callback runs before the frame is painted: what follows has to come after it.
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setReached(reached + ROWS_A_FRAME));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [reached, rows]);
  return reached;
}
