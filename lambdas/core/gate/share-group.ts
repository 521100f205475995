import type { Evidence } from './evidence/evidence.ts';
import { summaryOf } from './evidence/summary.ts';
import type { Judgement } from './judgement.ts';

/**
 * The answer for a share group, at once: waiting would bring nothing. Its members read the same partitions side by side
 * (KIP-932) and acknowledge message by message, so no offset says what one version did, and the policy decides.
 */
export function notJudged(evidence: Evidence, atMs: number): Judgement {
  const sentence = `"${evidence.release.group}" is a share group: members of both versions read the same partitions, so its offsets do not tell them apart`;
  const reasons = [{ code: 'SHARE_GROUP', numbers: {}, sentence }];
  return { decision: 'INCONCLUSIVE', reasons, evidence: summaryOf(evidence, atMs) };
}
