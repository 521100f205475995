import type { IncidentRecord } from './incident.ts';
import type { Notice } from './notice.ts';

/**
 * What a record holds at most. Kafka bounds none of it tightly (a group has any number of topics, a client id any
 * length), and a store takes items of a size: a record that outgrew it could never be written again, and nothing of its
 * cluster would be judged from then on.
 */
const TOPICS_MAX = 256;
const OWNER_CHARACTERS_MAX = 256;
const SENTENCE_CHARACTERS_MAX = 2_000;
/** Some days of reminders. */
const OUTBOX_MAX = 100;

/** The topics of an incident, or none when there are more: then only the deletion of the group ends it, not of theirs. */
export const topicsKept = (topics: readonly string[]): readonly string[] => (topics.length > TOPICS_MAX ? [] : topics);

export const ownerKept = (owner: string): string => clipped(owner, OWNER_CHARACTERS_MAX);

export const sentenceKept = (sentence: string): string => clipped(sentence, SENTENCE_CHARACTERS_MAX);

/** Cut at whole characters, not through the middle of one. */
const clipped = (text: string, charactersMax: number): string =>
  text.length <= charactersMax ? text : `${text.slice(0, charactersMax - 3).toWellFormed()}...`;

/**
 * The outbox with one notice more. A full one gives up its oldest reminder, or else its oldest notice: nobody has taken
 * it for days.
 */
export function outboxWith(
  { outbox, taken }: Pick<IncidentRecord, 'outbox' | 'taken'>,
  notice: Notice,
): Pick<IncidentRecord, 'outbox' | 'taken'> {
  if (outbox.length < OUTBOX_MAX) return { outbox: [...outbox, notice], taken };
  const reminder = outbox.findIndex(({ transition }) => transition === 'reminded');
  const given = Math.max(0, reminder);
  return {
    outbox: [...outbox.toSpliced(given, 1), notice],
    taken: Object.fromEntries(Object.entries(taken).map(([name, count]) => [name, count > given ? count - 1 : count])),
  };
}
