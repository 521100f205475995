import type { Decision } from '../../lambdas/core/gate/judgement.ts';
import type { Notice } from '../../lambdas/core/incident/notice.ts';
import type { GroupStatus, GroupVerdict, ProblemKind } from '../../lambdas/core/status/verdict.ts';

/** Something that the demo does to one of its own consumers. */
export interface Fault {
  readonly atMs: number;
  readonly group: string;
  readonly fault: string;
  readonly sentence: string;
}

/** What the gate said of a release in the end. */
export interface ReleaseDecision {
  readonly atMs: number;
  /** The release's id. */
  readonly release: string;
  readonly group: string;
  readonly decision: Decision;
  /** As the gate gives them to whoever invokes it. */
  readonly reasons: readonly { readonly code: string; readonly sentence: string }[];
}

/** What a whole run came to. */
export interface Summary {
  readonly atMs: number;
  readonly ranMs: number;
  readonly snapshots: number;
  readonly snapshotsFailed: number;
  readonly faults: number;
  readonly noticesByTransition: Readonly<Record<string, number>>;
  readonly decisions: readonly Pick<ReleaseDecision, 'release' | 'group' | 'decision'>[];
  readonly groups: readonly {
    readonly group: string;
    readonly status: GroupStatus;
    readonly kind: ProblemKind | null;
  }[];
}

/** Tells whoever sits before the terminal, or reads the pipe, what happens. */
export interface Teller {
  progress(sentence: string): void;
  ready(at: {
    readonly atMs: number;
    readonly url: string;
    readonly brokers: readonly string[];
    readonly sentence: string;
  }): void;
  status(at: { readonly atMs: number; readonly cluster: string; readonly verdict: GroupVerdict }): void;
  fault(fault: Fault): void;
  notice(notice: Notice): void;
  decision(decision: ReleaseDecision): void;
  /** Something of ours failed; the run goes on. */
  trouble(at: { readonly atMs: number; readonly sentence: string }): void;
  summary(summary: Summary): void;
}
