import { CLUSTERS } from './clusters.ts';
import { JOBS } from './jobs.ts';
import { SERVICES } from './services.ts';
import type { Life } from './workday.ts';

/** Every way in which a cluster lives, by name. */
export const LIVES: Readonly<Record<string, Life>> = { ...SERVICES, ...JOBS, ...CLUSTERS };
