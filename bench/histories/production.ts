import { poisson } from '../releases/poisson.ts';
import type { Random } from './random.ts';

/** Messages per second over time, of one topic. */
export type Rate = (second: number) => number;

/** Slow waves over the day and quick noise on top, as recorded series have. */
export function dailyRate(
  random: Random,
  { meanPerS, swing }: { readonly meanPerS: number; readonly swing: number },
): Rate {
  const phase = random.between(0, 86_400);
  const wander = smoothNoise(random, 900, 0.15);
  return (second) =>
    Math.max(0, meanPerS * (1 + swing * Math.sin((2 * Math.PI * (second + phase)) / 86_400)) * (1 + wander(second)));
}

/** Bursts of one to twenty minutes on top of another rate. */
export function withBursts(random: Random, base: Rate, seconds: number, perDay: number): Rate {
  const count = Math.round((perDay * seconds) / 86_400);
  const bursts = Array.from({ length: count }, () => {
    const from = random.whole(0, seconds);
    return { from, to: from + random.whole(60, 1_200), factor: random.between(2, 8) };
  });
  return (second) => {
    const burst = bursts.find(({ from, to }) => second >= from && second < to);
    return base(second) * (burst?.factor ?? 1);
  };
}

/** Much at once at certain times, next to nothing in between. */
export function bulkRate(
  loads: readonly { readonly at: number; readonly seconds: number; readonly perS: number }[],
  idlePerS: number,
): Rate {
  return (second) => loads.find(({ at, seconds }) => second >= at && second < at + seconds)?.perS ?? idlePerS;
}

/** The messages of each second of each partition: shares of the rate, rounded at random so that the sum is right. */
export function written(random: Random, rate: Rate, partitions: number, seconds: number, skew: number): Uint32Array[] {
  const weights = Array.from({ length: partitions }, () => Math.exp(skew * random.normal()));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight, partition) => {
    const stream = random.stream(`partition ${partition}`);
    const noise = smoothNoise(stream, 20, 0.3);
    const counts = new Uint32Array(seconds);
    for (let second = 0; second < seconds; second++) {
      const mean = ((rate(second) * weight) / sum) * (1 + noise(second));
      counts[second] = poisson(stream, Math.max(0, mean));
    }
    return counts;
  });
}

function smoothNoise(random: Random, everyS: number, deviation: number): Rate {
  const knots: number[] = [];
  const knot = (index: number): number => {
    while (knots.length <= index) knots.push(Math.max(-0.8, random.normal() * deviation));
    return knots[index] ?? 0;
  };
  return (second) => {
    const place = second / everyS;
    const index = Math.floor(place);
    return knot(index) + (place - index) * (knot(index + 1) - knot(index));
  };
}
