import * as z from 'zod';
import { DEFAULT_GATE_SETTINGS, type GateSettings } from '../core/gate/settings.ts';
import { durationMs } from './duration.ts';

/** Members join a little before a hand-over is complete: nobody has by then who has not by this share of it. */
const JOIN_RATIO = 0.95;

/** How the gate judges releases: what differs between users. The rest are the rules' own settings (docs/gate.md). */
export const gateSchema = z
  .strictObject({
    baseline: durationMs({ min: '10m', max: '24h' }).prefault('4h'),
    handOver: durationMs({ min: '1m', max: '2h' }).prefault('10m'),
    passMargin: durationMs({ min: '1s', max: '1h' }).prefault('75s'),
    failMargin: durationMs({ min: '1s', max: '24h' }).prefault('4m'),
    falseRollbackRate: z.number().gt(0).max(0.1).default(DEFAULT_GATE_SETTINGS.alpha),
    deadLetterTopics: z.array(z.string().min(1)).default([...DEFAULT_GATE_SETTINGS.deadLetterTopics]),
  })
  .refine(({ passMargin, failMargin }) => passMargin < failMargin, {
    error: 'passMargin must be smaller than failMargin: what is harmful is not "no worse"',
    path: ['passMargin'],
  })
  .transform(
    ({ baseline, handOver, passMargin, failMargin, falseRollbackRate, deadLetterTopics }): GateSettings => ({
      ...DEFAULT_GATE_SETTINGS,
      baselineMs: baseline,
      joinMs: JOIN_RATIO * handOver,
      handOverMs: handOver,
      passMarginMs: passMargin,
      failMarginMs: failMargin,
      alpha: falseRollbackRate,
      deadLetterTopics,
    }),
  )
  .prefault({});
