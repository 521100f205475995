import { execFileSync } from 'node:child_process';

/** The command lines of all processes on this machine that contain `text`. */
export function processesWith(text: string): readonly string[] {
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'args'], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(text) && !line.startsWith('ps '));
}
