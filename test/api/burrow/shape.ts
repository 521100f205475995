/** What a JSON value is made of: names in their order with types, and of a list what its items are made of. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value))
    return [...new Set(value.filter((item) => item !== null).map((item) => JSON.stringify(shapeOf(item))))];
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]);
  }
  return value === null ? 'null' : typeof value;
}
