import { describe } from 'vitest';
import type { TableLocation } from '../../lambdas/adapters/dynamodb/client.ts';
import { createTable } from '../../lambdas/adapters/dynamodb/create-table.ts';
import { dynamoEvaluationStore } from '../../lambdas/adapters/dynamodb/evaluation-store.ts';
import { dynamoHistoryStore } from '../../lambdas/adapters/dynamodb/history-store.ts';
import { dynamoIncidentStore } from '../../lambdas/adapters/dynamodb/incident-store.ts';
import { dynamoMuteStore } from '../../lambdas/adapters/dynamodb/mute-store.ts';
import { dynamoReleaseLedger } from '../../lambdas/adapters/dynamodb/release-ledger.ts';
import { openTable } from '../../lambdas/adapters/dynamodb/table.ts';
import { evaluationStoreContract } from './evaluation-store.contract.ts';
import { historyStoreContract } from './history-store.contract.ts';
import { incidentStoreContract } from './incident-store.contract.ts';
import { muteStoreContract } from './mute-store.contract.ts';
import { PRESENT_MS } from './present.ts';
import { releaseLedgerContract } from './release-ledger.contract.ts';

/** Every store's contract, on whatever speaks DynamoDB. @param locate names a table that is not there yet */
export function dynamoStoresContract(locate: () => TableLocation): void {
  const newTable = async () => {
    const location = locate();
    await createTable(location);
    return location;
  };

  describe('history', () => {
    historyStoreContract(async (place) => {
      const location = await newTable();
      return () => dynamoHistoryStore({ table: openTable(location), ...place });
    });
  });

  describe('evaluation', () => {
    evaluationStoreContract(async () => {
      const location = await newTable();
      const clock = { nowMs: () => PRESENT_MS };
      return () => {
        const table = openTable(location);
        const history = dynamoHistoryStore({ table, clock, retentionMs: 86_400_000 });
        return { history, evaluations: dynamoEvaluationStore({ table, history, clock }) };
      };
    });
  });

  describe('mutes', () => {
    muteStoreContract(async (place) => {
      const location = await newTable();
      return () => dynamoMuteStore({ table: openTable(location), ...place });
    });
  });

  describe('incidents', () => {
    incidentStoreContract(async (place) => {
      const location = await newTable();
      return () => dynamoIncidentStore({ table: openTable(location), ...place });
    });
  });

  describe('releases', () => {
    releaseLedgerContract(async (place) => {
      const location = await newTable();
      return () => dynamoReleaseLedger({ table: openTable(location), ...place });
    });
  });
}
