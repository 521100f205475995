import { EXIT } from './exit-code.ts';
import { guardProcess } from './output.ts';
import { runProgram } from './program.ts';

guardProcess(process);
const exitCode = await runProgram(process.argv.slice(2), {}, process);
if (exitCode !== EXIT.fine) process.exitCode = exitCode;
