import type { Key } from '../../lambdas/adapters/dynamodb/item.ts';

export const KINDS = ['keyframe', 'sample', 'header', 'verdicts', 'checkpoint', 'position', 'incident'] as const;

export type Kind = (typeof KINDS)[number];
export type KindBytes = Record<Kind, number>;

export const emptyBytes = (): KindBytes => ({
  keyframe: 0,
  sample: 0,
  header: 0,
  verdicts: 0,
  checkpoint: 0,
  position: 0,
  incident: 0,
});

/** What an item is, by its key. @param keyframes by bucket, whether this slot's frame is a keyframe */
export function kindOf({ partition, sort }: Key, keyframes: readonly boolean[]): Kind {
  const [of, bucket] = [partition.split('#')[0], Number(sort.split('#')[1])];
  if (of === 'slots') return 'header';
  if (of === 'frames') return keyframes[bucket] ? 'keyframe' : 'sample';
  if (of === 'incidents') return 'incident';
  const what = sort.split('#')[0];
  return what === 'verdicts' || what === 'checkpoint' ? what : 'position';
}
