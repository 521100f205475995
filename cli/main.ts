import { EXIT } from './exit-code.ts';
import { guardProcess } from './output.ts';
import { type CommandLoaders, runProgram } from './program.ts';

/** Every command, by name; only the one that is asked for is loaded. */
const COMMANDS: CommandLoaders = {
  gate: async () => (await import('./gate.ts')).gateCommand(),
  cost: async () => (await import('./cost.ts')).costCommand(),
  check: async () => (await import('./check.ts')).checkCommand(),
  local: async () => (await import('./local.ts')).localCommand(),
  mute: async () => (await import('./mute.ts')).muteCommand(),
  record: async () => (await import('./record.ts')).recordCommand(),
  release: async () => (await import('./release.ts')).releaseCommand(),
  replay: async () => (await import('./replay.ts')).replayCommand(),
  rollback: async () => (await import('./rollback.ts')).rollbackCommand(),
  unmute: async () => (await import('./mute.ts')).unmuteCommand(),
};

guardProcess(process);
const exitCode = await runProgram(process.argv.slice(2), COMMANDS, process);
if (exitCode !== EXIT.fine) process.exitCode = exitCode;
