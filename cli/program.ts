import { readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { Command, CommanderError } from 'commander';
import { EXIT, type ExitCode, exitCodeOf } from './exit-code.ts';
import { describeFailure } from './failure.ts';

/** By name, how to load each command: only the one that is asked for is loaded. */
export type CommandLoaders = Readonly<Record<string, () => Promise<Command>>>;

export interface Streams {
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/**
 * Runs the command line. Never rejects: an error becomes one line on stderr and an exit code. A command that ran and
 * found a problem sets `process.exitCode` itself.
 */
export async function runProgram(args: readonly string[], loaders: CommandLoaders, to: Streams): Promise<ExitCode> {
  try {
    const program = await programFor(args[0] ?? '', loaders, to);
    await program.parseAsync(args, { from: 'user' });
    return EXIT.fine;
  } catch (error: unknown) {
    // Commander has said what it had to say.
    if (!(error instanceof CommanderError)) to.stderr.write(`${describeFailure(error)}\n`);
    return exitCodeOf(error);
  }
}

async function programFor(asked: string, loaders: CommandLoaders, { stdout, stderr }: Streams): Promise<Command> {
  const program = new Command('sluicegate')
    .description('Which Kafka consumer groups are in trouble, and may this release go on?')
    .version(versionOf(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, write) => write(`sluicegate: ${inOneLine(text)}; --help tells more\n`),
    })
    .addHelpText(
      'afterAll',
      '\nExit codes: 0 fine, 1 a problem was found, 2 usage or configuration, 3 could not read.',
    );
  const load = Object.hasOwn(loaders, asked) ? loaders[asked] : undefined;
  const commands = await Promise.all(load ? [load()] : Object.values(loaders).map((loader) => loader()));
  for (const command of commands) program.addCommand(inheriting(program, command));
  return program;
}

/** Commander copies settings only to commands that a parent makes itself. */
function inheriting(parent: Command, command: Command): Command {
  command.copyInheritedSettings(parent).helpOption('-h, --help', 'print help');
  for (const child of command.commands) inheriting(command, child);
  return command;
}

const inOneLine = (text: string): string =>
  text
    .replace(/^error: /, '')
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');

function versionOf(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { version }: { version: string } = JSON.parse(text);
  return version;
}
