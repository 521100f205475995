import * as z from 'zod';
import { ownersOf } from '../../core/cluster/owners.ts';
import type { IncidentRecord } from '../../core/incident/incident.ts';
import type { Estimate } from '../../core/status/measures.ts';
import type { GroupVerdict } from '../../core/status/verdict.ts';
import type { GroupAnswer, GroupNumbers, MemberEntry, PartitionEntry } from '../answers/group-answer.ts';
import type { GroupEntry } from '../answers/groups-answer.ts';
import type { ClusterView } from '../view/cluster-views.ts';
import type { GroupStudy } from '../view/group-studies.ts';
import { sumOfKnown } from '../view/known.ts';
import { drainEtaOf, NO_RATES, partitionRates, rateBase } from '../view/rates.ts';
import { openEntry } from './incidents.ts';

export const groupQuery = z.strictObject({ cluster: z.string(), group: z.string() });

/** One group of a view, with its verdict. */
export interface JudgedGroup {
  readonly view: ClusterView;
  readonly verdict: GroupVerdict;
  readonly entry: GroupEntry;
}

/** Null: the cluster has no such group. */
export function judgedGroup(view: ClusterView | null, group: string): JudgedGroup | null {
  const [verdict, entry] = [view?.verdicts.get(group), view?.entries.get(group)];
  return view === null || verdict === undefined || entry === undefined ? null : { view, verdict, entry };
}

export function groupAnswerOf(
  { view, verdict, entry }: JudgedGroup,
  {
    study,
    record,
    nowMs,
  }: { readonly study: GroupStudy; readonly record: IncidentRecord | null; readonly nowMs: number },
): GroupAnswer {
  const { cluster, atMs, window } = view;
  return {
    nowMs,
    cluster,
    atMs,
    entry,
    trailAtMs: window.map((sample) => sample.atMs),
    reason: verdict.reason,
    incident: record?.incident ? openEntry(record.incident) : null,
    window: { fromMs: window[0]?.atMs ?? atMs, toMs: atMs, samples: window.length },
    measures: numbersOf(study),
    capacity: study.capacity,
    members: membersOf(view, verdict),
    partitions: partitionsOf(view, verdict),
  };
}

function numbersOf({ measures }: GroupStudy): GroupNumbers {
  return {
    usualCadenceMs: knownValue(measures?.usualCadenceMs),
    skewRatio: knownValue(measures?.skewRatio),
    producedPeakPerS: knownValue(measures?.producedPeakPerS),
    memberBestPerS: knownValue(measures?.memberBestPerS),
    rebalances: knownValue(measures?.rebalances),
    lossEtaMs: measures?.lossEtaMs.kind === 'never' ? 'never' : knownValue(measures?.lossEtaMs),
    lostMessages: measures?.lostMessages ?? null,
  };
}

const knownValue = (estimate: Estimate | undefined): number | null =>
  estimate?.kind === 'known' ? estimate.value : null;

function membersOf({ newest }: ClusterView, { group, partitions }: GroupVerdict): readonly MemberEntry[] | null {
  const members = newest.groups.get(group)?.members ?? null;
  return (
    members?.map(({ memberId, clientId, host, instanceId, assigned }) => ({
      memberId,
      clientId,
      host,
      instanceId,
      assigned: [...assigned].map(([topic, numbers]) => ({ topic, partitions: numbers })).toSorted(byTopic),
      lagMessages: sumOfKnown(
        [...assigned].flatMap(([topic, numbers]) =>
          numbers.map((number) => partitions.get(topic)?.[number]?.lagMessages ?? null),
        ),
      ),
    })) ?? null
  );
}

function partitionsOf({ newest, window }: ClusterView, { group, partitions }: GroupVerdict): readonly PartitionEntry[] {
  const [base, last] = [rateBase(window), window.at(-1)];
  const shown = newest.groups.get(group);
  const owners = shown === undefined ? null : ownersOf(shown);
  const topics = [...partitions].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return topics.flatMap(([topic, verdicts]) =>
    verdicts.flatMap((verdict, partition): PartitionEntry[] => {
      if (verdict === null) return [];
      const rates = last === undefined ? NO_RATES : partitionRates({ base, newest: last, group }, topic, partition);
      const { status, committedOffset, logEndOffset, lagMessages, timeLag, reason } = verdict;
      return [
        {
          topic,
          partition,
          status,
          owner: owners?.get(topic)?.[partition] ?? null,
          committedOffset,
          logStartOffset: newest.topics.get(topic)?.[partition]?.logStartOffset ?? null,
          logEndOffset,
          lagMessages,
          timeLag,
          ...rates,
          drainEtaMs: drainEtaOf(rates, { lagMessages, status }),
          reason: status === 'OK' ? null : reason,
        },
      ];
    }),
  );
}

const byTopic = (a: { readonly topic: string }, b: { readonly topic: string }): number => (a.topic < b.topic ? -1 : 1);
