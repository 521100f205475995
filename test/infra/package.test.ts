import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BUNDLES } from '../../infra/function-bundles.ts';
import { readPageFiles } from '../../lambdas/api/page/bundle/page-files.ts';

const run = promisify(execFile);
const {
  dependencies,
  peerDependencies,
}: Record<string, Record<string, string>> = JSON.parse(readFileSync('package.json', 'utf8'));

/** What a user of the constructs has beside the package; the package's own dependencies are all that it gets. */
const INSTALLED = [...Object.keys({ ...dependencies, ...peerDependencies }), 'typescript', '@types/node'];

const APP = `
import { App, Stack } from 'aws-cdk-lib';
import { LagChecker } from 'sluicegate';

const app = new App({ outdir: 'cdk.out' });
const clusters = [{ name: 'prod', brokers: ['b-1:9098'], authentication: { mechanism: 'msk-iam' as const, region: 'eu-west-1' } }];
const lag = new LagChecker(new Stack(app, 'Theirs'), 'Lag', { config: { clusters } });
lag.operations.topicArn satisfies string;
// @ts-expect-error a cluster has a name and brokers: were the types not found, nothing would be wrong here
new LagChecker(new Stack(app, 'Wrong'), 'Lag', { config: { clusters: [{ name: 'prod' }] } });
`;

const TSCONFIG = {
  compilerOptions: { module: 'nodenext', target: 'es2024', strict: true, noEmit: true, skipLibCheck: true, types: [] },
  files: ['app.ts'],
};

/** An empty project of someone else's, with the packed package in it. */
let project: string;
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'sluicegate-packed-'));
  await run('npm', ['run', '-s', 'build']);
  const packed = ['pack', '--silent', '--ignore-scripts', '--pack-destination', project];
  const { stdout: tarball } = await run('npm', packed);
  const modules = join(project, 'node_modules');
  await mkdir(join(modules, 'sluicegate'), { recursive: true });
  const into = join(modules, 'sluicegate');
  await run('tar', ['-xzf', join(project, tarball.trim()), '-C', into, '--strip-components', '1']);
  for (const name of INSTALLED) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(resolve('node_modules', name), join(modules, name));
  }
  await mkdir(join(modules, '.bin'));
  await symlink('../sluicegate/bin/sluicegate', join(modules, '.bin', 'sluicegate'));
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'theirs', type: 'module' }));
  await writeFile(join(project, 'app.ts'), APP);
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify(TSCONFIG));
});
afterAll(async () => {
  await rm(project, { recursive: true });
});

test('an app of someone else’s type-checks against it, and its mistakes are seen', async () => {
  await run(resolve('node_modules/.bin/tsc'), ['-p', project]);
});

test('and synthesises without a bundler: the functions are in the package', async () => {
  const lines = APP.split('\n');
  const beforeTheMistake = lines.slice(
    0,
    lines.findIndex((line) => line.includes('@ts-expect-error')),
  );
  await writeFile(join(project, 'right.ts'), [...beforeTheMistake, 'app.synth();'].join('\n'));
  await run(process.execPath, ['right.ts'], { cwd: project });
  const template = JSON.parse(readFileSync(join(project, 'cdk.out/Theirs.template.json'), 'utf8'));
  const types = Object.values<{ Type: string }>(template.Resources).map(({ Type }) => Type);
  expect(types).toEqual(expect.arrayContaining(['AWS::DynamoDB::GlobalTable', 'AWS::Lambda::Function']));
  const assets = globSync(join(project, 'cdk.out/asset.*'));
  expect(assets.length).toBe(types.filter((type) => type === 'AWS::Lambda::Function').length);
  for (const asset of assets) {
    expect(existsSync(join(asset, 'index.mjs'))).toBe(true);
    expect(readFileSync(join(asset, 'sluicegate.config.json'), 'utf8')).toContain('msk-iam');
  }
});

test.each([
  ['check', '--help'],
  ['cost', '--groups', '1', '--partitions', '1'],
  ['--version'],
  ['replay', '--help'],
])('its command line runs: sluicegate %s %s', async (...args) => {
  const { stdout } = await run('npx', ['--no-install', 'sluicegate', ...args], { cwd: project });
  expect(stdout).not.toBe('');
});

test('it holds no TypeScript but declarations', () => {
  const inside = globSync('node_modules/sluicegate/**/*', { cwd: project });
  expect(inside.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))).toEqual([]);
});

test('every function that has a handler has a bundle', () => {
  const handlers = globSync('lambdas/*/handler.ts').map((file) => file.split('/')[1]);
  expect(new Set(Object.values(BUNDLES).map(({ handler }) => handler))).toEqual(new Set(handlers));
});

test('and carries the page twice: for the laptop, and beside the function that serves it', () => {
  const dist = join(project, 'node_modules/sluicegate/dist');
  const [forLocal, forFunction] = ['page', 'functions/api/page'].map((folder) => readPageFiles(join(dist, folder)));
  expect(forLocal?.has('/')).toBe(true);
  expect(forFunction).toEqual(forLocal);
});
