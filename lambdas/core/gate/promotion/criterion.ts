import type { Evidence } from '../evidence/evidence.ts';
import type { GateReason } from '../judgement.ts';

/** One thing that must have been shown before a release is promoted. The answer is what is missing; null: it was shown. */
export type Criterion = (evidence: Evidence) => GateReason | null;
