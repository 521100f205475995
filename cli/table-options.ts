import type { Command } from 'commander';
import { openTable, type Table } from '../lambdas/adapters/dynamodb/table.ts';

/** How a command line names sluicegate's own table. */
export interface TableOptions {
  readonly table: string;
  readonly endpoint?: string;
}

/** Adds the options by which a command takes the table. */
export const withTableOptions = (command: Command): Command =>
  command
    .requiredOption('--table <name>', "sluicegate's DynamoDB table: the stack's output TableName")
    .option('--endpoint <url>', 'another address of DynamoDB than that of the region');

export const tableOf = ({ table, endpoint }: TableOptions): Table => openTable({ tableName: table, endpoint });
