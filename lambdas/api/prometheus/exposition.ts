import { FAMILIES, type Family } from './families.ts';

/** Collects the samples of one answer. */
export interface Exposition {
  /** Values in the order of the family's labels. A value that is not known is left out, and counted. */
  add(family: Family, labels: readonly string[], value: number | null): void;
  /** How many values were left out so far. */
  omitted(): number;
  /** Whether there is more than an answer can hold: nothing is added any more, and the text is worth nothing. */
  isTooLarge(): boolean;
  /** The text of everything added: families in their order, each with its help and type; none without a sample. */
  text(): string;
}

/** Some 1.2 million series: all of 10,000 groups with ten partitions each. A function's memory takes no more of it. */
export const EXPOSITION_CHARACTERS_MAX = 128 * 1_048_576;

/** The text format of Prometheus. https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function newExposition(charactersMax = EXPOSITION_CHARACTERS_MAX): Exposition {
  const linesOf = new Map<Family, string[]>();
  let omitted = 0;
  let characters = 0;
  return {
    add(family, labels, value) {
      if (value === null) {
        omitted += 1;
        return;
      }
      if (characters > charactersMax) return;
      const lines = linesOf.get(family) ?? [];
      linesOf.set(family, lines);
      const pairs = family.labels.map((name, index) => `${name}="${escapedLabel(labels[index] ?? '')}"`);
      const line = `${family.name}{${pairs.join(',')}} ${numberText(value)}\n`;
      characters += line.length;
      lines.push(line);
    },
    omitted: () => omitted,
    isTooLarge: () => characters > charactersMax,
    text: () =>
      FAMILIES.map((family) => {
        const lines = linesOf.get(family);
        if (lines === undefined) return '';
        return `# HELP ${family.name} ${family.help}\n# TYPE ${family.name} gauge\n${lines.join('')}`;
      }).join(''),
  };
}

/** Names of groups and clients are written by strangers. */
const escapedLabel = (text: string): string =>
  /["\\\n]/.test(text) ? text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n') : text;

const numberText = (value: number): string => (value === Number.POSITIVE_INFINITY ? '+Inf' : `${value}`);
