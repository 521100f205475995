import { expect, test } from 'vitest';
import { namesAllowedBy } from '../../../lambdas/core/cluster/name-filter.ts';

test.each([
  { why: 'no pattern at all', allow: [], deny: [], name: 'orders', allowed: true },
  { why: 'one of the allowed', allow: [/audit/, /orders/], deny: [], name: 'orders', allowed: true },
  { why: 'none of the allowed', allow: [/audit/], deny: [], name: 'orders', allowed: false },
  { why: 'a pattern means the whole name', allow: [/orders/], deny: [], name: 'orders-test', allowed: false },
  {
    why: 'also when a shorter alternative comes first',
    allow: [/orders|orders-test/],
    deny: [],
    name: 'orders-test',
    allowed: true,
  },
  { why: 'denied although allowed', allow: [/orders.*/], deny: [/.*-test/], name: 'orders-test', allowed: false },
  { why: 'flags are kept', allow: [/ORDERS/i], deny: [], name: 'orders', allowed: true },
])('$why', ({ allow, deny, name, allowed }) => {
  expect(namesAllowedBy({ allow, deny })(name)).toBe(allowed);
});

test('a pattern with the flag g does not remember the name before', () => {
  const allows = namesAllowedBy({ allow: [/orders/g], deny: [] });
  expect([allows('orders'), allows('orders'), allows('orders')]).toEqual([true, true, true]);
});
