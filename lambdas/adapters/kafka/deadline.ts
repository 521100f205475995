/** How much of a reading's time is left. */
export interface Deadline {
  /** Never negative. */
  remainingMs(): number;
}

/** A deadline by the monotonic clock, `durationMs` from now. */
export function deadlineIn(durationMs: number): Deadline {
  const endsAt = performance.now() + durationMs;
  return { remainingMs: () => Math.max(0, endsAt - performance.now()) };
}

/** Settles as `work` does, or rejects with what `onTimeout` returns once `timeoutMs` have passed. Leaves no timer behind. */
export async function within<Result>(
  timeoutMs: number,
  work: Promise<Result>,
  onTimeout: () => Error,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(onTimeout()), timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
