import { expect, test } from 'vitest';
import { parseConfig } from '../../lambdas/config/config.ts';
import { configuredGate } from '../../lambdas/config/configured-gate.ts';
import { DEFAULT_GATE_SETTINGS } from '../../lambdas/core/gate/settings.ts';

const gateOf = (gate: unknown, timesFaster = 1) =>
  configuredGate(parseConfig({ clusters: [{ name: 'prod', brokers: ['b:9092'] }], timesFaster, gate }, 'test'));

test('without a word about it, the gate judges by the defaults that its rules were measured with', () => {
  expect(gateOf(undefined)).toEqual(DEFAULT_GATE_SETTINGS);
});

test('what users tell goes into the rules, and a faster clock divides every duration', () => {
  expect(gateOf({ passMargin: '2m', handOver: '20m', falseRollbackRate: 0.001 }, 10)).toMatchObject({
    passMarginMs: 12_000,
    handOverMs: 120_000,
    joinMs: 114_000,
    stallMs: DEFAULT_GATE_SETTINGS.stallMs / 10,
    alpha: 0.001,
    messages: DEFAULT_GATE_SETTINGS.messages,
  });
});

test.each([
  { why: 'a margin to pass above the one to fail', gate: { passMargin: '5m' }, says: 'gate.passMargin' },
  { why: 'a rate that is none', gate: { falseRollbackRate: 0 }, says: 'gate.falseRollbackRate' },
  { why: 'a key that does not exist', gate: { margin: '1m' }, says: 'margin' },
])('$why is refused', ({ gate, says }) => {
  expect(() => gateOf(gate)).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining(says) }),
  );
});
