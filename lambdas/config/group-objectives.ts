import * as z from 'zod';
import type { GroupObjectives } from '../core/status/default/objectives.ts';
import { durationMs } from './duration.ts';
import { wholeName } from './name-filter.ts';

/** What the owners of some groups expect of them; the first entry that matches a group counts. */
export interface GroupExpectation {
  readonly match: RegExp;
  /** Null: in every cluster. */
  readonly cluster: string | null;
  readonly objectives: GroupObjectives;
}

export const groupExpectation = z
  .strictObject({
    match: wholeName,
    cluster: z.string().nullable().default(null),
    timeLagObjective: durationMs({ min: '1s', max: '30d' }).optional(),
    allowedLagMessages: z.int().min(0).default(0),
    cadence: durationMs({ min: '1s', max: '30d' }).optional(),
  })
  .transform(
    ({ match, cluster, timeLagObjective = null, allowedLagMessages, cadence = null }): GroupExpectation => ({
      match,
      cluster,
      objectives: { timeLagMs: timeLagObjective, allowedLagMessages, cadenceMs: cadence },
    }),
  );
