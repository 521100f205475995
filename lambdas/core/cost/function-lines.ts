import { type CostLine, charge } from './cost-line.ts';
import { ASSUMED, type Deployment, noticesOf, partitionsOfOne, scrapesOf, slotsOf } from './deployment.ts';
import { at, MEASURED } from './measured.ts';

/** Lambda: each function's invocations, and their time times memory. */
export function functionLines(deployment: Deployment): readonly CostLine[] {
  const partitions = partitionsOfOne(deployment);
  const slots = slotsOf(deployment);
  const openMinutes = deployment.releases * MEASURED.releaseMinutes.value;
  const { snapshotMs, evaluateMs, apiMs, gateMs, slackMs } = MEASURED;
  return [
    ...callsOf('snapshot', slots, at(snapshotMs, partitions), snapshotMs.by),
    ...callsOf('evaluate', slots, at(evaluateMs, partitions), evaluateMs.by),
    ...callsOf('api', scrapesOf(deployment), at(apiMs, deployment.groupPartitions), apiMs.by),
    ...callsOf('gate', openMinutes * ASSUMED.gateCallsPerMinute, at(gateMs, partitions), gateMs.by),
    charge('snapshot: staying on while a release is open', openMinutes * 60 * MEASURED.memoryGb.value, 'lambdaGbS', {
      measured: MEASURED.releaseMinutes.by,
      note: `${MEASURED.releaseMinutes.value} min a release`,
    }),
    ...(deployment.slack ? callsOf('slack', noticesOf(deployment), slackMs.value, slackMs.by) : []),
  ].filter(({ quantity }) => quantity > 0);
}

function callsOf(name: string, calls: number, billedMs: number, by: string): readonly CostLine[] {
  const gbS = (calls * billedMs * MEASURED.memoryGb.value) / 1_000;
  return [
    charge(`${name}: invocations`, calls, 'lambdaRequest'),
    charge(`${name}: compute`, gbS, 'lambdaGbS', { measured: by, note: `${Math.round(billedMs)} ms each` }),
  ];
}
