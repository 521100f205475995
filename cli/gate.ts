import { Command } from 'commander';
import { backtestCommand } from './gate-backtest.ts';
import { judgeCommand } from './gate-judge.ts';

/** `sluicegate gate`: may a release go on? */
export const gateCommand = (): Command =>
  new Command('gate')
    .description('whether releases may go on')
    .addCommand(judgeCommand())
    .addCommand(backtestCommand());
