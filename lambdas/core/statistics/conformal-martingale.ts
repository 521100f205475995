/**
 * Betting exponents. Small ones win much on few extreme p-values, large ones little but steadily; the mixture of all
 * four needs no tuning.
 */
const EXPONENTS = [0.2, 0.4, 0.6, 0.8] as const;

/**
 * The running log-wealth of someone who bets, p-value after p-value, that they are too small: a conformal test
 * martingale with power bets κ·p^(κ−1), averaged over four κ.
 *
 * While the p-values are uniform, the wealth ever reaches w with a probability of at most 1/w (Ville's inequality), so
 * looking after every p-value costs nothing. p must be above 0.
 * Source: Vovk, Nouretdinov, Gammerman: Testing exchangeability on-line (ICML 2003).
 */
export function logWealths(pValues: readonly number[]): number[] {
  const bets = EXPONENTS.map(() => 0);
  return pValues.map((p) => {
    EXPONENTS.forEach((exponent, index) => {
      bets[index] = (bets[index] ?? 0) + Math.log(exponent) + (exponent - 1) * Math.log(p);
    });
    return logMeanExp(bets);
  });
}

/** The logarithm of the mean of e^x, without overflow. */
export function logMeanExp(logs: readonly number[]): number {
  const largest = Math.max(...logs);
  return largest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - largest), 0) / logs.length);
}
