/** Whole seconds, as reasons write durations: a limit and what broke it must stay comparable. Nothing is rounded up, as elsewhere. */
export const seconds = (ms: number): string => `${Math.floor(ms / 1_000)} s`;
