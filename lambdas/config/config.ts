import * as z from 'zod';
import { SluicegateError } from '../core/errors.ts';
import { RULESET_NAMES } from '../core/status/ruleset.ts';
import { type ClusterConfig, clusterSchema } from './cluster.ts';
import { durationMs } from './duration.ts';
import { gateSchema } from './gate.ts';
import { groupExpectation } from './group-objectives.ts';
import { wholeName } from './name-filter.ts';
import { noticesSchema } from './notices.ts';

const configSchema = z.strictObject({
  $schema: z.string().optional(),
  clusters: z
    .array(clusterSchema)
    .min(1)
    .refine((clusters) => new Set(clusters.map(({ name }) => name)).size === clusters.length, {
      error: 'two clusters have the same name',
    }),
  ruleset: z.enum(RULESET_NAMES).default('default'),
  timesFaster: z.number().min(1).max(60).default(1),
  groups: z.array(groupExpectation).default([]),
  notices: noticesSchema,
  gate: gateSchema,
  cloudwatch: z.strictObject({ groups: z.array(wholeName).default([]) }).prefault({}),
  prometheus: z.strictObject({ partitions: z.array(wholeName).prefault(['.*']) }).prefault({}),
  retention: z
    .strictObject({
      samples: durationMs({ min: '1h', max: '400d' }).prefault('30d'),
      releases: durationMs({ min: '1d', max: '3650d' }).prefault('365d'),
    })
    .transform(({ samples, releases }) => ({ samplesMs: samples, releasesMs: releases }))
    .prefault({}),
});

/** The whole configuration, checked and with its defaults. docs/configuration.md has every key. */
export type Config = z.output<typeof configSchema>;

/** How notices are given where no configuration says so. */
export const noticeDefaults = (): Config['notices'] => noticesSchema.parse(undefined);

/** The same as people write it. */
export type ConfigInput = z.input<typeof configSchema>;

/**
 * Checks a configuration. Every problem is reported at once, each with its path: nobody should redeploy five times to
 * learn five mistakes. Unknown keys are refused: a mistyped key must not silently mean the default.
 *
 * @param source where it came from, named in the message. Throws CONFIG_INVALID.
 */
export function parseConfig(input: unknown, source: string): Config {
  const parsed = configSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `  ${renderPath(path) || 'the file'}: ${message}`);
  throw new SluicegateError('CONFIG_INVALID', `${source} is not a valid configuration:\n${problems.join('\n')}`, {
    cause: parsed.error,
  });
}

/** The same from JSON text. */
export function parseConfigText(text: string, source: string): Config {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (cause) {
    throw new SluicegateError('CONFIG_INVALID', `${source} is not JSON: ${(cause as Error).message}`, { cause });
  }
  return parseConfig(input, source);
}

/** The cluster of that name. Throws CLUSTER_UNKNOWN, naming those there are. */
export function clusterNamed({ clusters }: Config, name: string): ClusterConfig {
  const found = clusters.find((cluster) => cluster.name === name);
  if (found) return found;
  const known = clusters.map((cluster) => `"${cluster.name}"`).join(', ');
  throw new SluicegateError('CLUSTER_UNKNOWN', `no cluster "${name}" in the configuration; it has ${known}`);
}

/** The JSON Schema of what people write, for editors; a test holds the shipped file to it. */
export const configJsonSchema = (): unknown => z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });

const renderPath = (path: readonly PropertyKey[]): string =>
  path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? String(key) : `.${String(key)}`))
    .join('');
