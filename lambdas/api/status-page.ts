import type { Incident } from '../core/incident/incident.ts';
import type { SlotVerdicts } from '../core/ports/evaluation-store.ts';
import { countText, durationText } from '../core/quantity.ts';
import { partitionProblemsOf } from '../core/status/partition-problems.ts';
import type { GroupStatus, GroupVerdict, TimeLag } from '../core/status/verdict.ts';
import { type Html, html } from './html.ts';

/** What the page shows of one cluster. */
export interface ClusterView {
  readonly cluster: string;
  /** Null before the first evaluation. */
  readonly newest: SlotVerdicts | null;
  readonly incidents: readonly Incident[];
}

const TROUBLE_FIRST: readonly GroupStatus[] = ['ERR', 'WARN', 'UNKNOWN', 'OK'];

/** The status page: every cluster's groups, those in trouble first. Plain HTML that refreshes itself; no script. */
export const renderStatusPage = (clusters: readonly ClusterView[], { nowMs }: { readonly nowMs: number }): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="5">
<title>${titleOf(clusters)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="status.css">
</head>
<body>
<header><h1>sluicegate</h1><p>${new Date(nowMs).toISOString().slice(0, 19).replace('T', ' ')} UTC</p></header>
<main>${clusters.map((view) => clusterSection(view, nowMs))}</main>
</body>
</html>
`.text;

function titleOf(clusters: readonly ClusterView[]): string {
  const notOk = clusters.flatMap(({ newest }) => newest?.verdicts ?? []).filter(({ status }) => status !== 'OK').length;
  return notOk === 0 ? 'All groups OK · sluicegate' : `${notOk} not OK · sluicegate`;
}

function clusterSection({ cluster, newest, incidents }: ClusterView, nowMs: number): Html {
  if (newest === null) {
    return html`<section><h2>${cluster}</h2><p>Nothing is judged yet: the first sample is on its way.</p></section>`;
  }
  const groups = newest.verdicts.toSorted(
    (a, b) =>
      TROUBLE_FIRST.indexOf(a.status) - TROUBLE_FIRST.indexOf(b.status) || (b.lagMessages ?? 0) - (a.lagMessages ?? 0),
  );
  const openedAtMs = new Map(incidents.map((incident) => [incident.group, incident.openedAtMs]));
  return html`<section>
<h2>${cluster}</h2>
<p>${countText(groups.length)} groups, sampled ${durationText(Math.max(0, nowMs - newest.atMs))} ago.</p>
${groups.length === 0 ? html`<p>The cluster has no consumer group yet.</p>` : groupTable(groups, openedAtMs, nowMs)}
</section>`;
}

const groupTable = (
  groups: readonly GroupVerdict[],
  openedAtMs: ReadonlyMap<string | null, number>,
  nowMs: number,
): Html =>
  html`<div class="scroll"><table>
<thead><tr><th scope="col">Status</th><th scope="col">Group</th><th scope="col" class="number">Lag</th><th scope="col" class="number">Time lag</th><th scope="col">Why</th></tr></thead>
<tbody>${groups.map((verdict) => groupRow(verdict, openedAtMs.get(verdict.group), nowMs))}</tbody>
</table></div>`;

function groupRow(verdict: GroupVerdict, openedAtMs: number | undefined, nowMs: number): Html {
  const { group, status, kind, lagMessages, timeLag, reason } = verdict;
  const since = openedAtMs === undefined ? '' : `for ${durationText(Math.max(0, nowMs - openedAtMs))}`;
  const where = partitionProblemsOf(verdict).map(({ topic, partition }) => `${topic}-${partition}`);
  return html`<tr class="${status}">
<td><span class="status">${kind ?? status}</span> ${since}</td>
<th scope="row">${group}</th>
<td class="number">${lagMessages === null ? '–' : countText(lagMessages)}</td>
<td class="number">${timeLagText(timeLag)}</td>
<td>${reason === null || status === 'OK' ? '' : reason.sentence} <small>${where.slice(0, 5).join(', ')}</small></td>
</tr>
`;
}

function timeLagText(timeLag: TimeLag): string {
  if (timeLag.kind === 'unknown') return '–';
  const text = durationText(timeLag.timeLagMs);
  return timeLag.kind === 'atLeast' ? `≥ ${text}` : text;
}
