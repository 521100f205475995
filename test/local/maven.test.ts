import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { JarSet } from '../../local/jar-set.ts';
import { fetchJars } from '../../local/maven.ts';
import { fakeTool, folderForTest } from '../setup/fake-tool.ts';

afterEach(() => void vi.unstubAllEnvs());

const SET: JarSet = { name: 'tool-1', artifacts: ['org.example:tool:1'], transitive: true };

/** The last argument says where the jars go. */
const COPIES = `
for arg; do out=\${arg#-DoutputDirectory=}; done
echo run >> "$(dirname "$0")/runs"
echo "Downloaded from somewhere: tool-1.jar (1 kB)"
echo jar > "$out/tool-1.jar"`;

function mavenThat(script: string): { readonly cache: string; readonly runs: () => number } {
  const [cache, path] = [folderForTest(), folderForTest()];
  fakeTool(path, 'mvn', script);
  vi.stubEnv('PATH', `${path}:${process.env['PATH']}`);
  vi.stubEnv('SLUICEGATE_CACHE', cache);
  return { cache, runs: () => readFileSync(join(path, 'runs'), 'utf8').trim().split('\n').length };
}

test('jars are fetched once, and what goes on is told', async () => {
  const { runs } = mavenThat(COPIES);
  const told: string[] = [];
  const folder = await fetchJars(SET, (line) => told.push(line));
  expect(readdirSync(folder)).toEqual(['tool-1.jar']);
  expect(await fetchJars(SET, (line) => told.push(line))).toBe(folder);
  expect(runs()).toBe(1);
  expect(told).toEqual([expect.stringMatching(/^fetching tool-1 with Maven/), 'fetched tool-1']);
});

test('a changed list under the same name is fetched again', async () => {
  const { runs } = mavenThat(COPIES);
  const first = await fetchJars(SET, () => undefined);
  expect(await fetchJars({ ...SET, artifacts: ['org.example:tool:2'] }, () => undefined)).not.toBe(first);
  expect(runs()).toBe(2);
});

test('two at a time both get the whole set', async () => {
  const { cache } = mavenThat(COPIES);
  const [first, second] = await Promise.all([fetchJars(SET, () => undefined), fetchJars(SET, () => undefined)]);
  expect(first).toBe(second);
  expect(readdirSync(join(cache, 'jars'))).toHaveLength(1);
});

test('when Maven fails, its reason is told and the cache stays empty', async () => {
  const { cache } = mavenThat(`${COPIES}\necho "[ERROR] Could not resolve org.example:tool:1"\nexit 1`);
  await expect(fetchJars(SET, () => undefined)).rejects.toMatchObject({
    code: 'TOOL_MISSING',
    message: expect.stringMatching(
      /could not fetch tool-1 \(exit 1\): Could not resolve org\.example:tool:1 .*--brokers/,
    ),
  });
  expect(readdirSync(join(cache, 'jars'))).toEqual([]);
});

test('being killed half way leaves nothing that a later run would take for the whole', async () => {
  const { cache } = mavenThat(`${COPIES}\nexec sleep 60`);
  const jars = join(cache, 'jars');
  const url = new URL('../../local/maven.ts', import.meta.url);
  const script = `const { fetchJars } = await import('${url}'); await fetchJars(${JSON.stringify(SET)}, () => undefined)`;
  const fetching = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
  await vi.waitFor(() => expect(filesIn(jars)).toContainEqual(expect.stringMatching(/tool-1\.jar$/)), 5_000);
  fetching.kill('SIGKILL');
  await vi.waitFor(() => expect(filesIn(jars)).toEqual([]), 5_000);
});

function filesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
}
