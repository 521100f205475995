/** The time of day, for lines that people follow. */
export const timeOfDay = (ms: number): string => new Date(ms).toISOString().slice(11, 19);
