import type { Command } from 'commander';

/** Adds worked examples to a command's help: `[what it does, how to call it]`. */
export function withExamples(command: Command, examples: readonly (readonly [string, string])[]): Command {
  const lines = examples.map(([what, how]) => `  # ${what}\n  $ sluicegate ${how}`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}
