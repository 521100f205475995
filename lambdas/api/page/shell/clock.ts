import { useEffect, useState } from 'preact/hooks';

let aheadMs = 0;

/** Sets the page's clock by the server's: the reader's own may be wrong, and ages are counted from the server's times. */
export function setClockBy(serverNowMs: number): void {
  const seenAheadMs = serverNowMs - Date.now();
  // Small differences are the network's; following them would make ages jump.
  if (Math.abs(seenAheadMs - aheadMs) > 2_000) aheadMs = seenAheadMs;
}

/** The present by the server's clock (epoch). */
export const serverNowMs = (): number => Date.now() + aheadMs;

/** The present, every second: for ages that count up. Only small components use it, since each tick draws them again. */
export function useNowMs(): number {
  const [nowMs, setNowMs] = useState(serverNowMs);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(serverNowMs()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
