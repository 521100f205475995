import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { JSON_ROUTES } from '../../../lambdas/api/json/routes.ts';
import { aBillingSnapshot, anApiWorld } from '../../builders/api-world.ts';
import { aDecision, anAttempt, anEntry } from '../../builders/ledger-entry.ts';
import { aRelease } from '../../builders/release-story.ts';
import { T0_MS } from '../../builders/snapshots.ts';

interface Operation {
  readonly parameters: readonly { readonly name: string; readonly required: boolean }[];
  readonly responses: Readonly<
    Record<string, { readonly content: { 'application/json': { schema: { $ref: string } } } }>
  >;
}

const document = JSON.parse(readFileSync('lambdas/api/openapi.json', 'utf8')) as {
  paths: Record<string, { get: Operation }>;
};
const operationOf = (path: string) => document.paths[path.split('?')[0] ?? '']?.get;

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema(document, 'openapi');

/** What is wrong with a body, by the schema that the document has for that status; null: nothing. */
function problemsOf(path: string, status: number, body: unknown): unknown {
  const pointer = operationOf(path)?.responses[status]?.content['application/json'].schema.$ref ?? 'none';
  const validate = ajv.getSchema(`openapi${pointer}`) ?? ajv.compile({ $ref: `openapi${pointer}` });
  return validate(body) ? null : validate.errors;
}

test('it is an OpenAPI document, served as it stands', async () => {
  const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(await (await anApiWorld().get('/api/openapi.json')).json()).toEqual(document);
});

test('it has every route, and no other', () => {
  expect(Object.keys(document.paths)).toEqual([...JSON_ROUTES.keys()]);
});

describe('every answer is as it says', () => {
  const world = anApiWorld();
  beforeAll(async () => {
    for (let minute = 0; minute < 40; minute++) await world.sample(aBillingSnapshot(minute, 35));
    const startedAtMs = T0_MS + 20 * 60_000;
    const attempt = anAttempt({ startedAtMs });
    const release = aRelease({ startedAtMs });
    await world.sources.releases.open(anEntry({ attempt, release, decisions: [aDecision()] }));
    const incident = {
      id: 'prod/billing/1',
      cluster: 'prod',
      group: 'billing',
      openedAtMs: T0_MS,
      status: 'ERR',
      kind: 'STOPPED',
      kindAtMs: T0_MS,
      sentence: null,
      topics: ['orders'],
      told: null,
    } as const;
    const common = { cluster: 'prod', slotMs: T0_MS, pending: null, outbox: [], taken: {} };
    const ended = { incident: { ...incident, id: 'prod/billing/0' }, ended: 'recovered', endedAtMs: T0_MS } as const;
    await world.sources.incidents.write({ ...common, group: 'billing', version: 1, incident, ended });
    const storm = { ...incident, id: 'prod/1', group: null, kind: 'STORM' } as const;
    await world.sources.incidents.write({ ...common, group: null, version: 1, incident: storm, ended: null });
  });
  const releaseId = aRelease().id;

  test.each([
    '/api/clusters',
    '/api/groups?cluster=prod',
    '/api/groups?cluster=prod&search=BILL&status=ERR,WARN&type=classic&sort=lag&order=asc&offset=0&limit=1',
    '/api/group?cluster=prod&group=billing',
    '/api/history?cluster=prod&group=billing&points=7&topic=orders&partition=1',
    '/api/incidents?cluster=prod',
    '/api/releases?cluster=prod',
    `/api/release?cluster=prod&release=${releaseId}`,
  ])('%s', async (path) => {
    const response = await world.get(path);
    expect(response.status).toBe(200);
    expect(problemsOf(path, 200, await response.json())).toBeNull();
  });

  test.each([
    { path: '/api/clusters?x=1', status: 400 },
    { path: '/api/groups', status: 400 },
    { path: '/api/groups?cluster=prod&limit=a', status: 400 },
    { path: '/api/groups?cluster=prod&status=ERR,BAD', status: 400 },
    { path: '/api/groups?cluster=prod&sort=size', status: 400 },
    { path: '/api/groups?cluster=nope', status: 404 },
    { path: '/api/group?cluster=prod&group=nope', status: 404 },
    { path: '/api/history?cluster=prod&group=nope', status: 404 },
    { path: '/api/history?cluster=prod&group=billing&fromMs=5&toMs=4', status: 400 },
    { path: '/api/history?cluster=prod&group=billing&fromMs=0', status: 400 },
    { path: '/api/release?cluster=prod&release=nope', status: 404 },
  ])('$path is $status', async ({ path, status }) => {
    const response = await world.get(path);
    expect(response.status).toBe(status);
    expect(problemsOf(path, status, await response.json())).toBeNull();
  });

  test('a release shows both versions before and after its start', async () => {
    const { curves } = (await (await world.get(`/api/release?cluster=prod&release=${releaseId}`)).json()) as {
      curves: {
        atMs: number[];
        canary: { partitions: number[] };
        control: { partitions: number[]; lagMessages: number[] };
      };
    };
    expect(curves.atMs.length).toBeGreaterThan(20);
    expect(curves.control.partitions.slice(0, 3)).toEqual([2, 2, 2]);
    expect(curves.control.lagMessages[0]).toBe(0);
    expect(curves.canary.partitions.at(-1)).toBe(0);
  });
});

test.each([...JSON_ROUTES.keys()])('%s takes just the parameters that the document has', async (path) => {
  const world = anApiWorld();
  const parameters = operationOf(path)?.parameters ?? [];
  const query = new URLSearchParams(parameters.map(({ name }) => [name, 'x']));
  const { error } = (await (await world.get(`${path}?${query}&surely-unknown=1`)).json()) as { error: string };
  expect(error).toContain('Unrecognized key: "surely-unknown"');
  const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  const missing = (await (await world.get(path)).json()) as { error?: string };
  expect([...(missing.error ?? '').matchAll(/(\w+): Invalid input/g)].map(([, name]) => name)).toEqual(required);
});
