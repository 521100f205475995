import { seededRandom } from '../seeded-random.ts';

/** Numbers that look random and come out the same for the same seed. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  between(from: number, to: number): number;
  whole(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** Mean 0, deviation 1. */
  normal(): number;
  /** A stream of its own: drawing from it moves no other stream. */
  stream(name: string): Random;
}

/** A stream of random numbers and whatever is drawn from it. */
export function randomOf(seed: number): Random {
  const { next, normal } = seededRandom(seed);
  const between = (from: number, to: number): number => from + next() * (to - from);
  return {
    next,
    normal,
    between,
    whole: (from, to) => Math.floor(between(from, to + 1)),
    chance: (probability) => next() < probability,
    pick: (from) => from[Math.floor(next() * from.length)] ?? from[0],
    stream: (name) => randomOf(hashOf(seed, name)),
  };
}

function hashOf(seed: number, name: string): number {
  let hash = seed ^ 0x811c9dc5;
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
