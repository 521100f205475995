import { useEffect, useState } from 'preact/hooks';
import { hashOf, type Route, routeOf } from '../routes.ts';

const REPLACED = 'route-replaced';

/** Where the reader is, and again whenever that changes. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.hash));
  useEffect(() => {
    const follow = () => setRoute(routeOf(location.hash));
    addEventListener('hashchange', follow);
    addEventListener(REPLACED, follow);
    return () => {
      removeEventListener('hashchange', follow);
      removeEventListener(REPLACED, follow);
    };
  }, []);
  return route;
}

/** Changes what is selected, without a new entry in the browser's history: going back leaves the place. */
export function select(route: Route, query: Readonly<Record<string, string>>): void {
  history.replaceState(null, '', hashOf({ ...route, query: { ...route.query, ...query } }));
  dispatchEvent(new Event(REPLACED));
}
