import type { GroupVerdict, PartitionVerdict } from './verdict.ts';

/** One partition of a group that is not OK. */
export interface PartitionProblem {
  readonly topic: string;
  readonly partition: number;
  readonly verdict: PartitionVerdict;
}

/** The partitions that hold a problem, those with most messages waiting first. Lack of evidence is no problem. */
export function partitionProblemsOf({ partitions }: Pick<GroupVerdict, 'partitions'>): readonly PartitionProblem[] {
  const problems = [...partitions].flatMap(([topic, verdicts]) =>
    verdicts.flatMap((verdict, partition) =>
      verdict === null || verdict.status === 'OK' || verdict.status === 'UNKNOWN'
        ? []
        : [{ topic, partition, verdict }],
    ),
  );
  return problems.toSorted((a, b) => (b.verdict.lagMessages ?? 0) - (a.verdict.lagMessages ?? 0));
}
