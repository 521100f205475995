/** What became of one request. */
export interface Served {
  readonly path: string;
  /** From when it was due, so that a server that stalls is not asked less (coordinated omission). */
  readonly tookMs: number;
  readonly isOk: boolean;
}

/** Sends requests at a constant rate, whether or not earlier ones were answered, the paths in turn. */
export async function atConstantRate({
  url,
  paths,
  perS,
  forS,
}: {
  readonly url: string;
  readonly paths: readonly string[];
  readonly perS: number;
  readonly forS: number;
}): Promise<readonly Served[]> {
  const startMs = performance.now();
  const sent = Array.from({ length: perS * forS }, async (_, index): Promise<Served> => {
    const dueMs = startMs + (1_000 * index) / perS;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())));
    const path = paths[index % paths.length] ?? '/';
    const isOk = await fetch(`${url}${path}`).then(
      async (response) => (await response.arrayBuffer()).byteLength > 0 && response.ok,
      () => false,
    );
    return { path, tookMs: performance.now() - dueMs, isOk };
  });
  return Promise.all(sent);
}
