import * as z from 'zod';
import { durationMs } from '../config/duration.ts';
import { SluicegateError } from '../core/errors.ts';
import { POLICIES } from '../core/release/policies.ts';
import type { MemberSelector } from '../core/release/release.ts';
import { STRATEGIES } from '../core/release/release.ts';
import type { PreflightWish, StartWish } from './gate.ts';
import type { Execution } from './release-id.ts';

const pattern = z.string().refine(isPattern, { error: ({ input }) => `"${input}" is not a regular expression` });

const canary = z
  .strictObject({ client: pattern.optional(), instance: pattern.optional(), host: pattern.optional() })
  .refine((selector) => Object.values(selector).some((one) => one !== undefined), {
    error: 'name the new version by a pattern for client, instance or host',
  })
  .transform(({ client = null, instance = null, host = null }): MemberSelector => ({ client, instance, host }));

const policy = z.enum(POLICIES);
const deadline = durationMs({ min: '10s', max: '24h' });

/**
 * What whoever wires a gate says of a release, in the words of every caller: a CodePipeline action's user parameters, a
 * hook's details, a message. Unknown keys are refused: a mistyped policy must not silently be another one.
 */
const parameters = z.strictObject({
  /** Absent: the configuration's only one. */
  cluster: z.string().min(1).optional(),
  group: z.string(),
  executionId: z.string().min(1),
  /** What asks: a pipeline's name, a service's. */
  pipeline: z.string().min(1).optional(),
  strategy: z.enum(STRATEGIES),
  canary,
  deadline: deadline.prefault('30m'),
  onInconclusive: policy,
  onBlind: policy.optional(),
  onLowTraffic: policy.optional(),
});

/** The same without what only a start needs: one text can serve all of a pipeline's actions. */
const namedOnly = parameters.partial().required({ group: true, executionId: true });
const forPreflight = parameters.partial().required({ group: true });

export type Named = z.output<typeof namedOnly>;

/** Reads what callers say of a release. Everything throws EVENT_INVALID, naming what is wrong. */
export interface Requests {
  start(input: unknown): Omit<StartWish, 'requestId' | 'askedBy' | 'isRollback'> & { readonly pipeline: string | null };
  named(input: unknown): Execution & Pick<Named, 'pipeline' | 'onInconclusive' | 'onBlind'>;
  preflight(input: unknown): PreflightWish;
}

/** @param clusters names of those that are configured */
export function requestsFor(clusters: readonly string[]): Requests {
  const clusterOf = (asked: string | undefined): string => {
    const [only] = clusters;
    if (asked === undefined && only !== undefined && clusters.length === 1) return only;
    if (asked !== undefined && clusters.includes(asked)) return asked;
    throw invalid(asked === undefined ? 'cluster: there are several' : `cluster: there is no "${asked}"`, clusters);
  };
  return {
    start(input) {
      const { cluster, deadline: deadlineMs, onInconclusive, pipeline = null, ...asked } = parsed(parameters, input);
      const { onBlind = onInconclusive, onLowTraffic = onInconclusive, ...wish } = asked;
      const policies = { onInconclusive, onBlind, onLowTraffic };
      return { ...wish, cluster: clusterOf(cluster), deadlineMs, policies, pipeline };
    },
    named(input) {
      const { cluster, group, executionId, pipeline, onInconclusive, onBlind } = parsed(namedOnly, input);
      return { cluster: clusterOf(cluster), group, executionId, pipeline, onInconclusive, onBlind };
    },
    preflight(input) {
      const { cluster, group, strategy = 'rolling', deadline: deadlineMs = DEADLINE_MS } = parsed(forPreflight, input);
      return { cluster: clusterOf(cluster), group, strategy, deadlineMs };
    },
  };
}

const DEADLINE_MS = 30 * 60_000;

/** Throws EVENT_INVALID. Names the paths that are wrong, never the values: an event may hold credentials. */
export function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw invalid(
    result.error.issues.map(({ path, message }) => `${path.join('.') || 'the parameters'}: ${message}`).join('; '),
  );
}

/** Text that is to be JSON. Throws EVENT_INVALID, naming `what` and not the text. */
export function jsonOf(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SluicegateError('EVENT_INVALID', `${what} are not JSON`, { cause });
  }
}

const invalid = (what: string, clusters: readonly string[] = []): SluicegateError =>
  new SluicegateError(
    'EVENT_INVALID',
    `the gate was asked in a way that it does not understand: ${what}${clusters.length > 0 ? `; configured: ${clusters.join(', ')}` : ''}`,
  );

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
