import { defaultRuleset } from '../../lambdas/core/status/default/default-ruleset.ts';
import { DEFAULT_SETTINGS } from '../../lambdas/core/status/default/default-settings.ts';
import type { RuleSettings } from '../../lambdas/core/status/default/settings.ts';
import type { LabelledHistory } from './labelled-histories.ts';
import { measured } from './measure-ruleset.ts';
import { type Summary, summaryOf } from './summary.ts';

/** What became of the figures with one threshold changed. */
export interface Shift {
  readonly name: string;
  readonly factor: number;
  readonly summary: Summary;
}

/** Every threshold by its path, once a fifth smaller and once a fifth larger. */
export function* sensitivity(histories: readonly LabelledHistory[]): Generator<Shift> {
  for (const path of pathsOf(DEFAULT_SETTINGS)) {
    for (const factor of [0.8, 1.2]) {
      const settings = changed(DEFAULT_SETTINGS, path, factor);
      yield { name: path.join('.'), factor, summary: summaryOf(measured(defaultRuleset({ settings }), histories)) };
    }
  }
}

function pathsOf(settings: object, before: readonly string[] = []): string[][] {
  return Object.entries(settings).flatMap(([key, value]: [string, unknown]) => {
    const path = [...before, key];
    if (typeof value === 'number') return [path];
    return typeof value === 'object' && value !== null ? pathsOf(value, path) : [];
  });
}

/** Counts of samples stay whole, and change by one at least. */
function changed(settings: RuleSettings, path: readonly string[], factor: number): RuleSettings {
  const [copy, parent] = [structuredClone(settings) as unknown as Numbers, path.slice(0, -1)];
  const owner = parent.reduce<Numbers>((at, key) => at[key] as Numbers, copy);
  const key = path.at(-1) ?? '';
  const value = Number(owner[key]);
  const whole = Number.isInteger(value) && value <= 24 && !key.endsWith('Ms');
  owner[key] = whole ? value + Math.sign(factor - 1) * Math.max(1, Math.round(value * 0.2)) : value * factor;
  return copy as unknown as RuleSettings;
}

type Numbers = { [key: string]: Numbers | number };
