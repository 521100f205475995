import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configJsonSchema, parseConfigText } from '../../lambdas/config/config.ts';
import { parseConfigForAws } from '../../lambdas/config/on-aws.ts';

type Schema = { readonly [key: string]: unknown };

/** Every key that people can write, as docs/configuration.md names it: `clusters[].tls.ca`. */
function keysOf(schema: Schema, path = ''): readonly string[] {
  const {
    properties = {},
    items,
    anyOf = [],
    oneOf = [],
  } = schema as {
    properties?: Record<string, Schema>;
    items?: Schema;
    anyOf?: Schema[];
    oneOf?: Schema[];
  };
  // A secret has two forms, which the page explains once.
  if ('secretArn' in properties || 'env' in properties) return [];
  const own = Object.entries(properties).flatMap(([key, inner]) => {
    const name = path === '' ? key : `${path}.${key}`;
    return [name, ...keysOf(inner, name)];
  });
  const others = [...anyOf, ...oneOf].flatMap((inner) => keysOf(inner, path));
  return [...new Set([...own, ...others, ...(items ? keysOf(items, `${path}[]`) : [])])];
}

test('every key of the configuration has its line in docs/configuration.md, and no other has', () => {
  const keys = keysOf(configJsonSchema() as Schema);
  const lines = [...readFileSync('docs/configuration.md', 'utf8').matchAll(/^\| `([^`]+)` \|/gm)].map(([, key]) => key);
  expect(keys).toContain('clusters[].authentication.credentials');
  expect(lines.toSorted()).toEqual(keys.toSorted());
});

test('the shipped JSON Schema is that of the code; "npm run schema" writes it', () => {
  const shipped: unknown = JSON.parse(readFileSync('sluicegate.config.schema.json', 'utf8'));
  expect(shipped).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
});

test('the example can be deployed', () => {
  const text = readFileSync('sluicegate.config.example.json', 'utf8');
  expect(parseConfigText(text, 'example').clusters).toHaveLength(2);
  expect(parseConfigForAws(JSON.parse(text), 'example').clusters).toHaveLength(2);
});
