import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SluicegateError } from '../lambdas/core/errors.ts';
import { excerptOf, type Jvm, javaArgs, startJvm } from './jvm.ts';
import { type ClusterShape, type Listener, type NodeAddress, propertiesOf, USERS } from './kafka-properties.ts';
import { awaitBrokers } from './kafka-readiness.ts';
import type { LeashedProcess } from './leash.ts';

/** A broker without a quorum of controllers never leaves by itself. */
const GRACE_MS = 10_000;

/** One broker (and controller) of a cluster on this machine. */
export interface KafkaNode {
  readonly id: number;
  /** `host:port` of its PLAINTEXT listener. */
  readonly broker: string;
  /** A crash: kill -9. Its data stay, for `start`. */
  kill(): Promise<void>;
  /** Sockets stay open, nothing answers any more. */
  freeze(): Promise<void>;
  /** Ends a freeze. */
  resume(): Promise<void>;
  /** A clean end; a crash if that takes longer than 10 s. */
  stop(): Promise<void>;
  /** Starts it again, on the same port and data, and resolves when it serves. `as`: another release's programs. */
  start(as?: Jvm): Promise<void>;
}

/** What it takes to start nodes of one cluster. */
export interface NodePlan {
  readonly jvm: Jvm;
  readonly shape: ClusterShape;
  readonly clusterId: string;
  /** Holds properties, data and log of every node; removed when we die. */
  readonly folder: string;
}

/** Writes a node's properties and formats its data folder. It does not run yet. */
export async function formatNode(node: NodeAddress, plan: NodePlan): Promise<void> {
  const { properties, data, log } = filesOf(node, plan);
  await writeFile(properties, propertiesOf(node, plan.shape, data));
  const scram = (['scram-sha-256', 'scram-sha-512'] as const).flatMap((mechanism) => {
    const { username, password } = USERS[mechanism];
    return ['--add-scram', `${mechanism.toUpperCase()}=[name=${username},password=${password}]`];
  });
  const args = ['format', '-t', plan.clusterId, '-c', properties, ...scram];
  const formatting = startJvm(plan.jvm, javaArgs(plan.jvm, 'kafka.tools.StorageTool', args), log, plan.folder);
  const code = await formatting.exited;
  if (code !== 0) throw await didNotStart(`formatting its data folder ended with exit code ${code}`, log);
}

/** A formatted node, not started. */
export function kafkaNode(node: NodeAddress, plan: NodePlan): KafkaNode {
  let running: LeashedProcess | null = null;
  const broker = brokerOf(node, 'PLAINTEXT');
  const end = async (): Promise<void> => {
    await running?.signal('KILL');
    await running?.exited;
  };
  return {
    id: node.id,
    broker,
    kill: end,
    freeze: async () => running?.signal('STOP'),
    resume: async () => running?.signal('CONT'),
    stop: async () => {
      await running?.signal('CONT');
      await running?.signal('TERM');
      const timer = setTimeout(() => void end(), GRACE_MS);
      await running?.exited;
      clearTimeout(timer);
    },
    start: async (as = plan.jvm) => {
      if (running !== null && !running.hasExited()) return;
      running = startProcess(node, { ...plan, jvm: as });
      await awaitServing(node, plan, running);
    },
  };
}

/** `host:port` of one of a node's listeners. */
export const brokerOf = ({ advertised }: NodeAddress, listener: Listener): string => advertised[listener] ?? '';

/** Removes a node's data but not its log, which an error message names. */
export async function removeData(node: NodeAddress, plan: NodePlan): Promise<void> {
  await rm(filesOf(node, plan).data, { recursive: true, force: true });
}

function filesOf({ id }: NodeAddress, { folder }: NodePlan) {
  const path = join(folder, `kafka-${id}`);
  return { data: path, properties: `${path}.properties`, log: `${path}.log` };
}

function startProcess(node: NodeAddress, plan: NodePlan): LeashedProcess {
  const { log, properties } = filesOf(node, plan);
  return startJvm(plan.jvm, javaArgs(plan.jvm, 'kafka.Kafka', [properties]), log, plan.folder);
}

/** Serving: it answers and lists itself. Its peers are the cluster's business: after a crash they may be gone. */
async function awaitServing(node: NodeAddress, plan: NodePlan, running: LeashedProcess): Promise<void> {
  const waiting = new AbortController();
  const died = running.exited.then((code) => `broker ${node.id} ended with exit code ${code}`);
  const failure = await Promise.race([died, awaitBrokers(brokerOf(node, 'PLAINTEXT'), 1, waiting.signal)]);
  waiting.abort();
  if (failure === null) return;
  throw await didNotStart(failure, filesOf(node, plan).log);
}

async function didNotStart(why: string, log: string): Promise<SluicegateError> {
  return new SluicegateError('BROKER_UNREACHABLE', `The embedded Kafka did not start: ${why}. ${await excerptOf(log)}`);
}
