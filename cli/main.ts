import { EXIT } from './exit-code.ts';
import { guardProcess } from './output.ts';
import { type CommandLoaders, runProgram } from './program.ts';

/** Every command, by name, as help lists them; only the one that is asked for is loaded. */
const COMMANDS: CommandLoaders = {
  check: async () => (await import('./check.ts')).checkCommand(),
  local: async () => (await import('./local.ts')).localCommand(),
  record: async () => (await import('./record.ts')).recordCommand(),
  replay: async () => (await import('./replay.ts')).replayCommand(),
  release: async () => (await import('./release.ts')).releaseCommand(),
  gate: async () => (await import('./gate.ts')).gateCommand(),
  rollback: async () => (await import('./rollback.ts')).rollbackCommand(),
  mute: async () => (await import('./mute.ts')).muteCommand(),
  unmute: async () => (await import('./mute.ts')).unmuteCommand(),
  cost: async () => (await import('./cost.ts')).costCommand(),
};

guardProcess(process);
const exitCode = await runProgram(process.argv.slice(2), COMMANDS, process);
if (exitCode !== EXIT.fine) process.exitCode = exitCode;
