import type { Random } from '../histories/random.ts';

/** Messages a second of the whole group, second by second: a slow tide, wandering, and now and then a wave. */
export function trafficOf(random: Random, seconds: number, meanPerS: number): Float64Array {
  const tideS = random.between(1_800, 14_400);
  const phase = random.between(0, 2 * Math.PI);
  const depth = random.between(0.1, 0.8);
  const waves = Array.from({ length: random.whole(0, 5) }, () => ({
    atS: random.between(0, seconds),
    widthS: random.between(120, 600),
    height: random.between(0.5, 8),
  }));
  const rates = new Float64Array(seconds);
  let drift = 0;
  for (let s = 0; s < seconds; s++) {
    drift = 0.999 * drift + 0.012 * random.normal();
    const tide = depth * Math.sin((2 * Math.PI * s) / tideS + phase);
    const wave = waves.reduce(
      (sum, { atS, widthS, height }) => sum + height * Math.exp(-(((s - atS) / widthS) ** 2)),
      0,
    );
    rates[s] = meanPerS * (Math.exp(tide + drift) + wave);
  }
  return rates;
}
