import fc from 'fast-check';
import type { KafkaApi } from '../../../lambdas/adapters/kafka/api/kafka-api.ts';
import type { WireValue } from '../../builders/wire-grammar.ts';

/** Wire values by the protocol's names; what a codec leaves out is not compared. */
// biome-ignore lint/suspicious/noExplicitAny: the shape is the grammar's, which no static type knows
export type Wire = any;

/** One API: its quoted layouts, and what its fields mean in our words. */
export interface Codec<Request, Response> {
  readonly api: KafkaApi<Request, Response>;
  readonly file: string;
  /** Version → whose quoted layout it has. */
  readonly requests: Readonly<Record<number, number>>;
  readonly responses: Readonly<Record<number, number>>;
  readonly request: fc.Arbitrary<Request>;
  /** What the protocol's fields must be for a request. */
  readonly requestFields: (request: Request, version: number) => WireValue;
  /** What must be read from the protocol's fields. */
  readonly responseOf: (wire: Wire, version: number) => Response;
}

export const anyGroups = fc.record({ groups: fc.array(fc.string(), { maxLength: 5 }) });
export const noTags = { tags: [] };
