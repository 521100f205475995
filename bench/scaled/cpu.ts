/** CPU that this process spent on something, in milliseconds, all of its threads together; and what came of it. */
export async function withCpuMs<T>(run: () => Promise<T>): Promise<readonly [T, number]> {
  const before = process.cpuUsage();
  const result = await run();
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 1_000];
}

export const peakMemoryMiB = (): number => process.resourceUsage().maxRSS / 1_024;
