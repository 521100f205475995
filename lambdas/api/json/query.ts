import * as z from 'zod';

/** A whole number in a query. */
export const wholeNumber = ({ min, max }: { readonly min: number; readonly max: number }) =>
  z
    .string()
    .regex(/^\d{1,16}$/, { error: ({ input }) => `"${input}" is not a whole number` })
    .transform(Number)
    .pipe(z.int().min(min).max(max));

/** Several words with commas between, of a closed list. */
export const wordsOf = <Word extends string>(words: readonly Word[]) =>
  z.string().transform((text, context): readonly Word[] => {
    const given = text.split(',');
    const known = given.filter((word): word is Word => (words as readonly string[]).includes(word));
    if (known.length === given.length) return known;
    context.addIssue(`"${text}" shall be of ${words.join(', ')}, with commas between`);
    return z.NEVER;
  });

export type ParsedQuery<Query> =
  | { readonly kind: 'query'; readonly query: Query }
  | { readonly kind: 'wrong'; readonly error: string };

/** Every problem at once. A parameter that nobody knows is one: a mistyped `limt` must not silently mean the default. */
export function parseQuery<Schema extends z.ZodType>(
  schema: Schema,
  query: URLSearchParams,
): ParsedQuery<z.output<Schema>> {
  const names = [...query.keys()];
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) return { kind: 'wrong', error: `${repeated}: is given twice` };
  const parsed = schema.safeParse(Object.fromEntries(query));
  if (parsed.success) return { kind: 'query', query: parsed.data };
  const problems = parsed.error.issues.map(({ path, message }) => [...path.map(String), message].join(': '));
  return { kind: 'wrong', error: problems.join('; ') };
}
