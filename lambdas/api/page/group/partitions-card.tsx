import { useState } from 'preact/hooks';
import { countText } from '../../../core/quantity.ts';
import type { PartitionEntry } from '../../answers/group-answer.ts';
import { Card } from '../parts/card.tsx';
import { Empty } from '../parts/states.tsx';
import { StatusMark, StatusShape } from '../parts/status-mark.tsx';
import { Wide } from '../parts/wide.tsx';
import { drainEtaText, timeLagText } from '../words/durations.ts';
import { countOf, rateText, shortCountText, UNKNOWN_TEXT } from '../words/numbers.ts';
import { plainStatus, TONE_OF_PARTITION } from '../words/statuses.ts';
import type { PartitionKey } from './offsets-series.ts';
import { byTopic, heatOf, worstFirst } from './partition-heat.ts';

interface PartitionsCardProps {
  readonly partitions: readonly PartitionEntry[];
  readonly only: PartitionKey | null;
  /** Null: none is picked any more. */
  readonly onSelect: (key: PartitionKey | null) => void;
}

/** More rows are shown on request. */
const ROWS_AT_FIRST = 100;

/** Where the lag lies: a cell for each partition, and a row for each. */
export function PartitionsCard({ partitions, only, onSelect }: PartitionsCardProps) {
  const [isAll, setAll] = useState(false);
  const rows = worstFirst(partitions);
  const shown = isAll ? rows : rows.slice(0, ROWS_AT_FIRST);
  if (partitions.length === 0) {
    return (
      <Card title="Partitions">
        <Empty title="The group reads no partition" />
      </Card>
    );
  }
  return (
    <Card title="Partitions" note="the stronger the colour, the more waits; pick one to see its offsets above">
      <HeatStrip partitions={partitions} only={only} onSelect={onSelect} />
      <PartitionTable partitions={shown} only={only} onSelect={onSelect} />
      {shown.length < rows.length && (
        <button type="button" class="quiet" onClick={() => setAll(true)}>
          Show all {countOf(rows.length, 'partition')}
        </button>
      )}
    </Card>
  );
}

function HeatStrip({ partitions, only, onSelect }: PartitionsCardProps) {
  const largest = Math.max(0, ...partitions.map(({ lagMessages }) => lagMessages ?? 0));
  return (
    <div class="heat">
      {byTopic(partitions).map(([topic, ofTopic]) => (
        <div class="heat-topic" key={topic}>
          <p class="name">{topic}</p>
          <div class="heat-cells">
            {ofTopic.map(({ partition, status, lagMessages }) => {
              const isOn = only?.topic === topic && only.partition === partition;
              const words = `${topic}/${partition}: ${plainStatus(status)}, lag ${shortCountText(lagMessages)}`;
              return (
                <button
                  key={partition}
                  type="button"
                  class={`heat-cell heat-${heatOf(lagMessages, largest) ?? 'unknown'}`}
                  aria-pressed={isOn}
                  aria-label={words}
                  title={words}
                  onClick={() => onSelect(isOn ? null : { topic, partition })}
                >
                  {status === 'OK' ? null : <StatusShape tone={TONE_OF_PARTITION[status]} />}
                </button>
              );
            })}
          </div>
        </div>
      ))}
    </div>
  );
}

const PartitionTable = ({ partitions, only, onSelect }: PartitionsCardProps) => (
  <Wide label="Partitions, a wide table">
    <table class="facts">
      <caption class="hidden">Partitions with their offsets, owner and lag; those in trouble first</caption>
      <thead>
        <tr>
          <th scope="col">Partition</th>
          <th scope="col">Status</th>
          <th scope="col">Owner</th>
          <th scope="col" class="number">
            Committed
          </th>
          <th scope="col" class="number">
            Log end
          </th>
          <th scope="col" class="number">
            Lag
          </th>
          <th scope="col" class="number">
            Time lag
          </th>
          <th scope="col" class="number">
            In
          </th>
          <th scope="col" class="number">
            Out
          </th>
          <th scope="col" class="number">
            Drained in
          </th>
        </tr>
      </thead>
      <tbody>
        {partitions.map((entry) => (
          <PartitionRow
            key={`${entry.topic}/${entry.partition}`}
            entry={entry}
            isOn={only?.topic === entry.topic && only.partition === entry.partition}
            onSelect={onSelect}
          />
        ))}
      </tbody>
    </table>
  </Wide>
);

function PartitionRow({
  entry,
  isOn,
  onSelect,
}: { readonly entry: PartitionEntry; readonly isOn: boolean } & Pick<PartitionsCardProps, 'onSelect'>) {
  const { topic, partition, status, owner, reason } = entry;
  return (
    <tr class={isOn ? 'picked' : ''}>
      <th scope="row">
        <button
          type="button"
          class="as-link name"
          aria-pressed={isOn}
          onClick={() => onSelect(isOn ? null : { topic, partition })}
        >
          {topic}/{partition}
        </button>
      </th>
      <td title={reason?.sentence}>
        <StatusMark tone={TONE_OF_PARTITION[status]}>{plainStatus(status)}</StatusMark>
      </td>
      <td class="name">{owner === null ? <span class="note">nobody</span> : `${owner.clientId} ${owner.host}`}</td>
      <td class="number">{offsetText(entry.committedOffset)}</td>
      <td class="number">{offsetText(entry.logEndOffset)}</td>
      <td class="number">{entry.lagMessages === null ? UNKNOWN_TEXT : countText(entry.lagMessages)}</td>
      <td class="number">{timeLagText(entry.timeLag)}</td>
      <td class="number">{rateText(entry.producedPerS)}</td>
      <td class="number">{rateText(entry.consumedPerS)}</td>
      <td class="number">{entry.lagMessages === 0 ? UNKNOWN_TEXT : drainEtaText(entry.drainEtaMs)}</td>
    </tr>
  );
}

/** Offsets are names as much as numbers: all of their digits, as every other Kafka tool shows them. */
const offsetText = (offset: number | null): string => (offset === null ? UNKNOWN_TEXT : String(offset));
