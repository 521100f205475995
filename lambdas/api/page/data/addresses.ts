/** The API's addresses, relative to the page. Names stand in the query, where any character survives. */
const addressOf = (route: string, query: Readonly<Record<string, string | number>>): string => {
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  return search.size === 0 ? route : `${route}?${search}`;
};

/** Groups that the page holds at once; of larger clusters the server picks by search, filter and sort. */
export const GROUPS_LIMIT = 1_000;

export const clustersAddress = (): string => addressOf('api/clusters', {});

export const groupsAddress = (cluster: string, query: Readonly<Record<string, string>> = {}): string =>
  addressOf('api/groups', { cluster, limit: GROUPS_LIMIT, ...query });

export const groupAddress = (cluster: string, group: string): string => addressOf('api/group', { cluster, group });

export const historyAddress = (
  cluster: string,
  group: string,
  query: { readonly fromMs: number; readonly toMs?: number; readonly points: number },
): string => addressOf('api/history', { cluster, group, ...query });

export const incidentsAddress = (cluster: string, group?: string): string =>
  addressOf('api/incidents', { cluster, ...(group !== undefined && { group }) });

export const releasesAddress = (cluster: string, group?: string): string =>
  addressOf('api/releases', { cluster, ...(group !== undefined && { group }) });

export const releaseAddress = (cluster: string, release: string): string =>
  addressOf('api/release', { cluster, release });
