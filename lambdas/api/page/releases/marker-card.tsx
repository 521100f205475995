import type { MarkedPartition } from '../../../core/release/offset-marker.ts';
import type { ReleaseAnswer } from '../../answers/release-answer.ts';
import { Card } from '../parts/card.tsx';
import { Empty } from '../parts/states.tsx';
import { Instant } from '../parts/time.tsx';
import { Wide } from '../parts/wide.tsx';
import { UNKNOWN_TEXT } from '../words/numbers.ts';

/** The offsets at the start: where a rollback would go back to. */
export function MarkerCard({ answer: { start: marker, finish } }: { readonly answer: ReleaseAnswer }) {
  const after = new Map(finish?.partitions.map((marked) => [keyOf(marked), marked.committedOffset]));
  if (marker.partitions.length === 0) {
    return (
      <Card title="Offsets at the start">
        <Empty title="The group had no partition yet">There is nothing that a rollback could go back to.</Empty>
      </Card>
    );
  }
  return (
    <Card
      title="Offsets at the start"
      note={
        <>
          read <Instant atMs={marker.atMs} />
        </>
      }
    >
      <Wide className="marker-scroll" label="Offsets at the start">
        <table class="facts">
          <caption class="hidden">Committed offset and log end of each partition when the release began</caption>
          <thead>
            <tr>
              <th scope="col">Partition</th>
              <th scope="col" class="number">
                Committed
              </th>
              <th scope="col" class="number">
                Log end
              </th>
              {finish !== null && (
                <th scope="col" class="number">
                  Committed at the end
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {marker.partitions.map((marked) => (
              <MarkedRow
                key={keyOf(marked)}
                marked={marked}
                finish={finish === null ? undefined : (after.get(keyOf(marked)) ?? null)}
              />
            ))}
          </tbody>
        </table>
      </Wide>
    </Card>
  );
}

const keyOf = ({ topic, partition }: MarkedPartition): string => `${topic}/${partition}`;

const MarkedRow = ({
  marked: { topic, partition, committedOffset, log },
  finish,
}: {
  readonly marked: MarkedPartition;
  /** Null: nothing committed. Absent: it is not over, or could not be read. */
  readonly finish: number | null | undefined;
}) => (
  <tr>
    <th scope="row" class="name">
      {topic}/{partition}
    </th>
    <td class="number">{committedOffset ?? UNKNOWN_TEXT}</td>
    <td class="number">{log?.endOffset ?? UNKNOWN_TEXT}</td>
    {finish !== undefined && <td class="number">{finish ?? UNKNOWN_TEXT}</td>}
  </tr>
);
