/** What every function is given, in MB. It buys CPU, and a cold start is CPU: 512 MB are 0.3 of a core. */
export const MEMORY_MB = 512;

/**
 * Node's options for `evaluate`, the one function whose heap grows with the cluster. Left to itself, Node lets garbage pile
 * up in proportion to the machine: of the same cold start's peak these take away 140 of 490 MiB, at the same CPU (docs/scale.md).
 * Where NODE_OPTIONS names either limit, the Lambda runtime sets neither, so that both stand here.
 */
export const EVALUATE_NODE_OPTIONS = `--max-semi-space-size=8 --max-old-space-size=${MEMORY_MB * 0.75}`;
