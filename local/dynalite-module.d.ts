/** dynalite ships no types. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** Times: how long a table stays CREATING and the like. */
  function dynalite(options?: {
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }): Server;
  export = dynalite;
}
