import type { JarSet } from './jar-set.ts';

/**
 * The newest release, and the oldest line that still has ZooKeeper's classes in it. 3.9 knows KIP-848 groups as a
 * preview that a property switches on; share and streams groups came later.
 */
export const KAFKA_RELEASES = ['4.3.1', '3.9.2'] as const;
export type KafkaRelease = (typeof KAFKA_RELEASES)[number];

/**
 * The jars that a broker needs, without what they depend on: a fifth of the distribution. Left out: compression codecs
 * (producers here do not compress), OAuth, metrics reporters, command line tools.
 */
export function kafkaJars(release: KafkaRelease): JarSet {
  const artifacts = [
    ...KAFKA[release].map((artifact) => `org.apache.kafka:${artifact}:${release}`),
    ...OTHERS[release],
  ];
  return { name: `kafka-${release}`, artifacts, transitive: false };
}

const KAFKA_EVERYWHERE = [
  'kafka_2.13',
  'kafka-clients',
  'kafka-server',
  'kafka-server-common',
  'kafka-metadata',
  'kafka-raft',
  'kafka-storage',
  // Without it replicas silently never join the in-sync set.
  'kafka-storage-api',
  'kafka-group-coordinator',
  'kafka-group-coordinator-api',
  'kafka-transaction-coordinator',
];

const KAFKA: Readonly<Record<KafkaRelease, readonly string[]>> = {
  '4.3.1': [...KAFKA_EVERYWHERE, 'kafka-coordinator-common', 'kafka-share-coordinator'],
  '3.9.2': [...KAFKA_EVERYWHERE, 'kafka-tools-api'],
};

const OTHERS_EVERYWHERE = [
  'org.slf4j:slf4j-api:1.7.36',
  // Writes to standard error, so that the log file says why a broker failed.
  'org.slf4j:slf4j-simple:1.7.36',
  'net.sf.jopt-simple:jopt-simple:5.0.4',
  'net.sourceforge.argparse4j:argparse4j:0.7.0',
  'com.yammer.metrics:metrics-core:2.2.0',
  'commons-validator:commons-validator:1.10.1',
];

const OTHERS: Readonly<Record<KafkaRelease, readonly string[]>> = {
  '4.3.1': [
    ...OTHERS_EVERYWHERE,
    'org.scala-lang:scala-library:2.13.18',
    'com.typesafe.scala-logging:scala-logging_2.13:3.9.6',
    'com.fasterxml.jackson.core:jackson-annotations:2.21',
    'com.fasterxml.jackson.core:jackson-core:2.21.2',
    'com.fasterxml.jackson.core:jackson-databind:2.21.2',
    'com.fasterxml.jackson.dataformat:jackson-dataformat-yaml:2.21.2',
    'org.apache.logging.log4j:log4j-api:2.25.4',
    'org.hdrhistogram:HdrHistogram:2.2.2',
    'org.pcollections:pcollections:4.0.2',
    'com.google.re2j:re2j:1.8',
    // Without it KIP-848 groups answer UNKNOWN_SERVER_ERROR.
    'com.dynatrace.hash4j:hash4j:0.22.0',
  ],
  '3.9.2': [
    ...OTHERS_EVERYWHERE,
    'org.scala-lang:scala-library:2.13.15',
    'org.scala-lang.modules:scala-java8-compat_2.13:1.0.2',
    'com.typesafe.scala-logging:scala-logging_2.13:3.9.5',
    'com.fasterxml.jackson.core:jackson-annotations:2.16.2',
    'com.fasterxml.jackson.core:jackson-core:2.16.2',
    'com.fasterxml.jackson.core:jackson-databind:2.16.2',
    'com.fasterxml.jackson.datatype:jackson-datatype-jdk8:2.16.2',
    'org.pcollections:pcollections:4.0.1',
    'com.github.ben-manes.caffeine:caffeine:2.9.3',
    // Its configuration class is loaded in KRaft mode too.
    'org.apache.zookeeper:zookeeper:3.8.4',
  ],
};
