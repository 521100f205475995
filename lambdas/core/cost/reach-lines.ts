import { type CostLine, charge } from './cost-line.ts';
import {
  ASSUMED,
  COLD_STARTS,
  type Deployment,
  MONTH_HOURS,
  noticesOf,
  PARTS,
  scrapesOf,
  slotsOf,
} from './deployment.ts';
import { at, MEASURED } from './measured.ts';
import { GB_BYTES } from './table-lines.ts';

/** What the HTTP API charges as one request. */
const REQUEST_BYTES = 512 * 1_024;

/** What starts the functions, and how others reach them and are reached. */
export function reachLines(deployment: Deployment): readonly CostLine[] {
  const notices = noticesOf(deployment);
  const assumed = { note: `${ASSUMED.noticesPerGroup} notice a group assumed` };
  return [
    charge('EventBridge Scheduler: invocations', slotsOf(deployment), 'schedulerInvocation'),
    charge('SNS: notices', notices, 'snsPublish', assumed),
    charge('SNS: mails, one a notice', notices, 'snsMail', assumed),
    ...scrapeLines(deployment),
    ...secretLines(deployment),
    charge('VPC: interface endpoint for secrets', deployment.endpointZones * MONTH_HOURS, 'endpointHour'),
  ].filter(({ quantity }) => quantity > 0);
}

function scrapeLines(deployment: Deployment): readonly CostLine[] {
  const bytes = at(MEASURED.scrapeBytes, deployment.groupPartitions);
  const scrapes = scrapesOf(deployment);
  const basis = { measured: MEASURED.scrapeBytes.by, note: `${Math.ceil(bytes / 1_024)} KB each, compressed` };
  return [
    charge('HTTP API: scrapes', scrapes * Math.ceil(bytes / REQUEST_BYTES), 'httpApiRequest', basis),
    charge('HTTP API: answers to the internet', (scrapes * bytes) / GB_BYTES, 'transferOutGb', basis),
  ];
}

const secretLines = ({ slack }: Deployment): readonly CostLine[] => {
  const secrets = PARTS.secrets + (slack ? 1 : 0);
  return [
    charge('Secrets Manager: secrets', secrets, 'secret'),
    charge('Secrets Manager: calls', secrets * COLD_STARTS, 'secretCall', { note: 'one a cold start' }),
  ];
};
