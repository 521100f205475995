import { Writable } from 'node:stream';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../cli/exit-code.ts';
import { runProgram } from '../../cli/program.ts';
import { SluicegateError } from '../../lambdas/core/errors.ts';

const loaders = {
  works: async () => new Command('works').description('does nothing').option('--count <n>', 'how often', Number),
  denied: async () => failing('denied', new SluicegateError('BROKER_DENIED', 'grant DESCRIBE on "billing"')),
  breaks: async () => failing('breaks', new TypeError('x is not a function')),
};

describe('the program', () => {
  test('lists every command in its help', async () => {
    const { code, stdout, stderr } = await run('--help');
    expect(stdout).toMatch(/works.*does nothing[\s\S]*denied[\s\S]*Exit codes: 0 fine/);
    expect({ code, stderr }).toEqual({ code: EXIT.fine, stderr: '' });
  });

  test('tells what exit codes mean in the help of each command too', async () => {
    expect((await run('works', ['--help'])).stdout).toMatch(/how often[\s\S]*Exit codes: 0 fine/);
  });

  test('loads only the command that is asked for', async () => {
    const neighbour = async () => Promise.reject(new Error('loaded'));
    expect(await run('works', [], { ...loaders, neighbour })).toMatchObject({ code: EXIT.fine, stderr: '' });
  });

  test.each([
    { why: 'a word that is no command', args: ['wroks'], says: "unknown command 'wroks' (Did you mean works?)" },
    { why: 'a name that every object has', args: ['__proto__'], says: "unknown command '__proto__'" },
    { why: 'an option that is not there', args: ['works', '--cuont', '2'], says: '(Did you mean --count?)' },
    { why: 'an option without its value', args: ['works', '--count'], says: "'--count <n>' argument missing" },
    { why: 'a word too many', args: ['works', 'hard'], says: "too many arguments for 'works'" },
  ])('$why is one line on stderr and exit 2', async ({ args: [command = '', ...args], says }) => {
    const { code, stdout, stderr } = await run(command, args);
    expect({ code, stdout }).toEqual({ code: EXIT.usage, stdout: '' });
    expect(stderr).toMatch(/^sluicegate: .*; --help tells more\n$/);
    expect(stderr).toContain(says);
  });

  test('an error that a person can act on is its message, without a stack', async () => {
    expect(await run('denied')).toEqual({
      code: EXIT.couldNotRead,
      stdout: '',
      stderr: 'sluicegate: grant DESCRIBE on "billing"\n',
    });
  });

  test('a name in an error cannot move the cursor, and a list of problems stays a list', async () => {
    const message = 'two problems:\n  group "evil\u001b[2J"\n  group "b"';
    const hostile = async () => failing('hostile', new SluicegateError('CONFIG_INVALID', message));
    const { stderr } = await run('hostile', [], { hostile });
    expect(stderr).toBe('sluicegate: two problems:\n  group "evil\uFFFD[2J"\n  group "b"\n');
  });

  test('a bug says so, and where', async () => {
    const { code, stderr } = await run('breaks');
    expect(code).toBe(EXIT.bug);
    expect(stderr).toMatch(
      /^sluicegate: this is a bug[^\n]*\nTypeError: x is not a function\n +at .*program\.test\.ts/,
    );
  });
});

function failing(name: string, error: Error): Command {
  return new Command(name).action(() => {
    throw error;
  });
}

async function run(command: string, args: readonly string[] = [], among: Parameters<typeof runProgram>[1] = loaders) {
  const stdout = collecting();
  const stderr = collecting();
  const code = await runProgram([command, ...args], among, { stdout, stderr });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function collecting() {
  const chunks: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return Object.assign(stream, { text: () => chunks.join('') });
}
