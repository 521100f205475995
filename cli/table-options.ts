import { type Command, Option } from 'commander';
import { openTable, type Table } from '../lambdas/adapters/dynamodb/table.ts';
import { ENV } from '../lambdas/contract.ts';

/** How a command line names sluicegate's own table. */
export interface TableOptions {
  readonly table: string;
  readonly endpoint?: string;
}

/** Adds the options by which a command takes the table. A pipeline's job names it once, in its environment. */
export const withTableOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--table <name>', "sluicegate's DynamoDB table: the stack's output TableName")
        .env(ENV.table)
        .makeOptionMandatory(),
    )
    .option('--endpoint <url>', 'another address of DynamoDB than that of the region');

export const tableOf = ({ table, endpoint }: TableOptions): Table => openTable({ tableName: table, endpoint });
