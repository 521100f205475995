/** Whole seconds, as reasons write durations: a limit and what broke it must stay comparable. */
export const seconds = (ms: number): string => `${Math.round(ms / 1_000)} s`;
