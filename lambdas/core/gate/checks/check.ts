import type { Evidence } from '../evidence/evidence.ts';
import type { GateReason } from '../judgement.ts';

/** One question about the evidence. An answer is a reason to roll back; null: nothing wrong here. */
export type Check = (evidence: Evidence) => GateReason | null;
