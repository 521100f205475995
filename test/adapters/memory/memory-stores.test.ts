import { describe, expect, test } from 'vitest';
import { memoryEvaluationStore } from '../../../lambdas/adapters/memory/evaluation-store.ts';
import { memoryHistoryStore } from '../../../lambdas/adapters/memory/history-store.ts';
import { memoryIncidentStore } from '../../../lambdas/adapters/memory/incident-store.ts';
import { memoryMuteStore } from '../../../lambdas/adapters/memory/mute-store.ts';
import { memoryNotifier } from '../../../lambdas/adapters/memory/notifier.ts';
import { memoryReleaseLedger } from '../../../lambdas/adapters/memory/release-ledger.ts';
import { aNotice } from '../../builders/notice.ts';
import { evaluationStoreContract } from '../../contracts/evaluation-store.contract.ts';
import { historyStoreContract } from '../../contracts/history-store.contract.ts';
import { incidentStoreContract } from '../../contracts/incident-store.contract.ts';
import { muteStoreContract } from '../../contracts/mute-store.contract.ts';
import { PRESENT_MS } from '../../contracts/present.ts';
import { releaseLedgerContract } from '../../contracts/release-ledger.contract.ts';

describe('history', () => {
  historyStoreContract(async (place) => {
    const store = memoryHistoryStore(place);
    return () => store;
  });
});

describe('evaluation', () => {
  evaluationStoreContract(async () => {
    const history = memoryHistoryStore({ clock: { nowMs: () => PRESENT_MS }, retentionMs: 3_600_000 });
    const evaluations = memoryEvaluationStore();
    return () => ({ history, evaluations });
  });
});

describe('incidents', () => {
  incidentStoreContract(async (place) => {
    const store = memoryIncidentStore(place);
    return () => store;
  });
});

describe('mutes', () => {
  muteStoreContract(async (place) => {
    const store = memoryMuteStore(place);
    return () => store;
  });
});

describe('releases', () => {
  releaseLedgerContract(async (place) => {
    const ledger = memoryReleaseLedger(place);
    return () => ledger;
  });
});

test('the notifier collects what it is sent, in order', async () => {
  const notifier = memoryNotifier();
  const notices = [aNotice(), aNotice({ transition: 'recovered' })];
  for (const notice of notices) await notifier.send(notice);
  expect(notifier.sent).toEqual(notices);
});
