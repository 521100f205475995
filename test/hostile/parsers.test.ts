import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseClientProperties } from '../../lambdas/adapters/kafka/client-properties.ts';
import { parseReplayLine } from '../../lambdas/adapters/ndjson/replay-line.ts';
import { renderSnapshot } from '../../lambdas/adapters/ndjson/snapshot-line.ts';
import { parseClientCertificate, parseCredentials } from '../../lambdas/adapters/secrets/secret-shape.ts';
import { parseConfigText } from '../../lambdas/config/config.ts';
import { type ErrorCode, SluicegateError } from '../../lambdas/core/errors.ts';
import { anySnapshot } from '../builders/any-snapshot.ts';

const anyBytesAsText = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes).toString('utf8'));
const anyJson = fc.json({ maxDepth: 4 });
/** Deeper than any recursion should go. */
const deepJson = fc
  .tuple(fc.integer({ min: 1_000, max: 200_000 }), fc.constantFrom(['[', ']'], ['{"groups":', '}']))
  .map(([depth, [open = '', close = '']]) => `${open.repeat(depth)}0${close.repeat(depth)}`);

/** A valid text with a few of its characters replaced, or a piece taken out. */
const spoiled = (whole: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      whole,
      fc.nat(),
      fc.nat(40),
      fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('null', '-1', '1e999', '"')),
    )
    .map(([text, at, length, instead]) => {
      const from = at % (text.length + 1);
      return text.slice(0, from) + instead + text.slice(from + length);
    });

const aConfig = JSON.stringify({
  clusters: [{ name: 'prod', brokers: ['b-1:9098'], authentication: { mechanism: 'msk-iam', region: 'eu-west-1' } }],
  groups: [{ match: 'billing-.*', timeLagObjective: '5m' }],
  retention: { samples: '30d' },
});
const aProperties = [
  'security.protocol=SASL_SSL',
  'sasl.mechanism=SCRAM-SHA-512',
  'sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="a" password="b\\"c";',
].join('\n');
const aRelease = JSON.stringify({
  release: { id: 'r', group: 'g', strategy: 'canary', startedAt: 1, canary: { client: 'v2' }, deadlineMs: 60_000 },
});

const PARSERS: readonly {
  readonly what: string;
  readonly parse: (text: string) => unknown;
  readonly code: ErrorCode;
  readonly like: fc.Arbitrary<string>;
}[] = [
  {
    what: 'a replay line',
    parse: (text) => parseReplayLine(text, { source: 'stdin', number: 1 }),
    code: 'REPLAY_MALFORMED',
    like: fc.oneof(anySnapshot.map(renderSnapshot), fc.constant(aRelease)),
  },
  {
    what: 'a configuration',
    parse: (text) => parseConfigText(text, 'sluicegate.config.json'),
    code: 'CONFIG_INVALID',
    like: fc.constant(aConfig),
  },
  {
    what: "a client's properties",
    parse: parseClientProperties,
    code: 'CONFIG_INVALID',
    like: fc.constant(aProperties),
  },
  {
    what: 'a secret with credentials',
    parse: (text) => parseCredentials(text, 'the secret'),
    code: 'SECRET_UNREADABLE',
    like: fc.constant('{"username":"bob","password":"hunter2"}'),
  },
  {
    what: 'a secret with a certificate',
    parse: (text) => parseClientCertificate(text, 'the secret'),
    code: 'SECRET_UNREADABLE',
    like: fc.constant('{"certificate":"-----BEGIN CERTIFICATE-----","privateKey":"-----BEGIN PRIVATE KEY-----"}'),
  },
];

describe.each(PARSERS)('$what', ({ parse, code, like }) => {
  test('is understood, or refused with its code, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof({ weight: 4, arbitrary: spoiled(like) }, anyBytesAsText, anyJson), (text) =>
        expectUnderstoodOrRefused(() => parse(text), code),
      ),
      { numRuns: 1_000 },
    );
  });

  test('is understood or refused at any depth', () => {
    fc.assert(
      fc.property(deepJson, (text) => expectUnderstoodOrRefused(() => parse(text), code)),
      { numRuns: 20 },
    );
  });
});

test('a secret that is refused is not repeated in the message', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zA-Z0-9]{12,30}$/), (password) => {
      for (const text of [`{"password":"${password}"}`, `{"username":"bob","password":"${password}`, password]) {
        const refusal = refusalOf(() => parseCredentials(text, 'the secret'));
        expect(`${refusal?.message} ${refusal?.stack}`).not.toContain(password);
      }
    }),
  );
});

function expectUnderstoodOrRefused(parse: () => unknown, code: ErrorCode): void {
  const refusal = refusalOf(parse);
  if (refusal === null) return;
  expect(refusal).toBeInstanceOf(SluicegateError);
  expect(refusal).toMatchObject({ code });
}

function refusalOf(parse: () => unknown): Error | null {
  try {
    parse();
    return null;
  } catch (error) {
    return error as Error;
  }
}
