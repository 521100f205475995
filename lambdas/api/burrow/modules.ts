import type { ClusterConfig } from '../../config/cluster.ts';
import type { Config } from '../../config/config.ts';
import { COMMITS_KEPT } from './commits.ts';

/** Burrow's parts that a configuration names modules of. */
export const COORDINATORS = ['storage', 'evaluator', 'cluster', 'consumer', 'notifier'] as const;
export type Coordinator = (typeof COORDINATORS)[number];

type ModuleSources = Pick<Config, 'clusters' | 'retention'>;

/** What is configured, in the shape of Burrow's configuration. Credentials and certificates are in none of it. */
export function moduleNames(coordinator: Coordinator, { clusters }: ModuleSources): readonly string[] {
  switch (coordinator) {
    case 'storage':
    case 'evaluator':
      return ['default'];
    case 'cluster':
    case 'consumer':
      return clusters.map(({ name }) => name);
    case 'notifier':
      return [];
  }
}

/** Null: there is none of that name. */
export function moduleNamed(coordinator: Coordinator, name: string, sources: ModuleSources): object | null {
  if (!moduleNames(coordinator, sources).includes(name)) return null;
  const cluster = sources.clusters.find((one) => one.name === name);
  switch (coordinator) {
    case 'storage':
      return {
        'class-name': 'dynamodb',
        intervals: COMMITS_KEPT,
        'min-distance': 0,
        'group-allowlist': '',
        'expire-group': sources.retention.samplesMs / 1_000,
      };
    case 'evaluator':
      return { 'class-name': 'sluicegate', 'expire-cache': shortestIntervalS(sources) };
    case 'cluster':
      return cluster === undefined ? null : clusterModule(cluster);
    case 'consumer':
      return cluster === undefined ? null : consumerModule(cluster);
    case 'notifier':
      return null;
  }
}

const shortestIntervalS = ({ clusters }: ModuleSources): number =>
  Math.min(...clusters.map(({ sampleIntervalMs }) => sampleIntervalMs)) / 1_000;

const CLIENT_PROFILE = { name: '', 'client-id': 'sluicegate', 'kafka-version': '', tls: null, sasl: null };

export const clusterModule = ({ brokers, sampleIntervalMs }: ClusterConfig): object => ({
  'class-name': 'kafka',
  servers: brokers,
  'client-profile': CLIENT_PROFILE,
  'topic-refresh': sampleIntervalMs / 1_000,
  'offset-refresh': sampleIntervalMs / 1_000,
});

const consumerModule = ({ name, brokers, groups }: ClusterConfig): object => ({
  'class-name': 'kafka',
  cluster: name,
  servers: brokers,
  'group-allowlist': groups.allow.map(({ source }) => source).join('|'),
  'zookeeper-path': '',
  'zookeeper-timeout': 0,
  'client-profile': CLIENT_PROFILE,
  'offsets-topic': '__consumer_offsets',
  'start-latest': false,
});

/** The main configuration: of files, ZooKeeper and listeners we have none. */
export const MAIN_CONFIG = {
  general: { pidfile: '', 'stdout-logfile': '', 'access-control-allow-origin': '' },
  logging: {
    filename: '',
    'max-size': 0,
    'max-backups': 0,
    'max-age': 0,
    'use-local-time': false,
    'use-compression': false,
    level: 'info',
  },
  zookeeper: { servers: null, timeout: 0, 'root-path': '' },
  httpserver: { default: { address: '', tls: '', timeout: 30 } },
} as const;
