/** Where in the page the reader is; it stands in the address after `#`, so that it can be kept and passed on. */
export interface Route {
  /** Null: the first one there is. */
  readonly cluster: string | null;
  readonly place: Place;
  /** What is selected there: search, filters, a time range. */
  readonly query: Readonly<Record<string, string>>;
}

export type Place =
  | { readonly view: 'groups' }
  | { readonly view: 'group'; readonly group: string }
  | { readonly view: 'incidents' }
  | { readonly view: 'releases' }
  | { readonly view: 'release'; readonly release: string };

/** `#/demo/groups/orders?range=1h` → where that is. Whatever is not understood leads to the groups. */
export function routeOf(hash: string): Route {
  const [path = '', search = ''] = splitOnce(hash.replace(/^#/, ''), '?');
  const [cluster = '', view = '', ...rest] = path.replace(/^\//, '').split('/').map(decoded);
  const query = Object.fromEntries([...new URLSearchParams(search)].filter(([, value]) => value !== ''));
  return { cluster: cluster === '' ? null : cluster, place: placeOf(view, rest.join('/')), query };
}

function placeOf(view: string, name: string): Place {
  switch (view) {
    case 'groups':
      return name === '' ? { view: 'groups' } : { view: 'group', group: name };
    case 'releases':
      return name === '' ? { view: 'releases' } : { view: 'release', release: name };
    case 'incidents':
      return { view: 'incidents' };
    default:
      return { view: 'groups' };
  }
}

/** The address of a place. Names may hold any character. */
export function hashOf({ cluster, place, query }: Route): string {
  const parts = [cluster ?? '', ...placeParts(place)].map(encodeURIComponent);
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return `#/${parts.join('/')}${search === '' ? '' : `?${search}`}`;
}

function placeParts(place: Place): readonly string[] {
  switch (place.view) {
    case 'group':
      return ['groups', place.group];
    case 'release':
      return ['releases', place.release];
    default:
      return [place.view];
  }
}

/** The address of a place with nothing selected. */
export const hashTo = (cluster: string, place: Place, query: Route['query'] = {}): string =>
  hashOf({ cluster, place, query });

function splitOnce(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A stray per cent sign in an address that somebody typed: taken as it is.
    return part;
  }
}
