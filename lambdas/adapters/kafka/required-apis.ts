import { DESCRIBE_GROUPS } from './api/describe-groups.ts';
import { type ServedVersions, versionFor } from './api/kafka-api.ts';
import { LIST_GROUPS } from './api/list-groups.ts';
import { LIST_OFFSETS } from './api/list-offsets.ts';
import { METADATA } from './api/metadata.ts';
import { OFFSET_FETCH } from './api/offset-fetch.ts';
import { BrokerFailure } from './broker-failure.ts';

/** What no reading can do without. All of them are served since Kafka 3.0. */
const REQUIRED = [METADATA, LIST_GROUPS, OFFSET_FETCH, LIST_OFFSETS, DESCRIBE_GROUPS];

/** Throws a failure that names all that the broker lacks. */
export function refuseTooOld(name: string, served: Readonly<Record<number, ServedVersions>>): void {
  const lacks = REQUIRED.filter((api) => versionFor(api, served[api.key]) === null).map((api) => {
    const has = served[api.key];
    return `${api.name} v${Math.min(...api.versions)} (it has ${has === undefined ? 'none' : `v${has.minVersion} to v${has.maxVersion}`})`;
  });
  if (lacks.length === 0) return;
  throw new BrokerFailure(
    { code: 'UNSUPPORTED_VERSION', verdict: 'BROKER_UNSUPPORTED', brokerIsLost: true },
    `${name}: the broker lacks ${lacks.join(', ')}; sluicegate needs Kafka 3.0 or newer`,
  );
}
