import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { markdownTable } from '../scaled/markdown-table.ts';
import { atConstantRate, type Served } from './constant-rate.ts';

const PATHS = [
  '/',
  '/api/groups?cluster=prod',
  '/api/groups?cluster=prod&search=service-77',
  '/api/group?cluster=prod&group=service-7-consumer',
  '/api/history?cluster=prod&group=service-7-consumer',
  '/api/incidents?cluster=prod',
  '/v3/kafka/prod/consumer/service-7-consumer/lag',
];

/**
 * Readers of a large cluster at a constant rate, over HTTP, while new samples come: `--groups N` of ten partitions,
 * `--per-s N` requests a second, `--for S` seconds. The server is a process of its own.
 */
export async function benchLoad(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      groups: { type: 'string', default: '10000' },
      'per-s': { type: 'string', default: '50' },
      for: { type: 'string', default: '30' },
    },
  });
  const program = new URL('serve.program.ts', import.meta.url).pathname;
  const server = spawn(process.execPath, ['--max-old-space-size=4096', program, values.groups, values.for], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const [url] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
    await atConstantRate({ url, paths: PATHS, perS: 5, forS: 3 });
    const served = await atConstantRate({
      url,
      paths: PATHS,
      perS: Number(values['per-s']),
      forS: Number(values.for),
    });
    const title = `${values.groups} groups, ${values['per-s']} requests a second for ${values.for} s`;
    const rows = [...PATHS.map((path) => row(path, served)), row(null, served)];
    console.log(markdownTable(title, ['path', 'requests', 'failed', 'median ms', 'p99 ms', 'worst ms'], rows));
    process.exitCode = served.every(({ isOk }) => isOk) ? 0 : 1;
  } finally {
    server.stdin.end();
    await once(server, 'exit');
  }
}

/** @param path null: all of them */
function row(path: string | null, all: readonly Served[]): readonly string[] {
  const served = all.filter((one) => path === null || one.path === path);
  const sorted = served.map(({ tookMs }) => tookMs).sort((one, other) => one - other);
  const at = (share: number): string => (sorted[Math.ceil(share * sorted.length) - 1] ?? 0).toFixed(0);
  const failed = served.filter(({ isOk }) => !isOk).length;
  return [path ?? 'all', `${served.length}`, `${failed}`, at(0.5), at(0.99), at(1)];
}
