// Where the page is. Every address below /ui/ can be shared: path and query say all that is shown.
export const base = '/ui';

export interface Place {
  /** Without the base and without a slash at the end: `/`, `/block/12`. */
  path: string;
  query: URLSearchParams;
}

export function placeOf(url: URL): Place {
  const inner = url.pathname.startsWith(base) ? url.pathname.slice(base.length) : url.pathname;
  return { path: inner.replace(/\/+$/, '') || '/', query: url.searchParams };
}

/** The address of a path; segments are encoded by the caller (`href('/tx', id)`). */
export function href(...segments: (string | number | bigint)[]): string {
  const [first = '/', ...rest] = segments;
  return base + [first, ...rest.map((segment) => encodeURIComponent(String(segment)))].join('/');
}

class Router {
  #place = $state.raw<Place>({ path: '/', query: new URLSearchParams() });
  /** Counts moves to another path, so that a page can put focus on its heading. */
  moves = $state(0);

  get path(): string {
    return this.#place.path;
  }

  get query(): URLSearchParams {
    return this.#place.query;
  }

  start(): void {
    this.#place = placeOf(new URL(location.href));
    addEventListener('popstate', () => this.#show(new URL(location.href)));
    addEventListener('click', (event) => this.#click(event));
  }

  go(to: string, replace = false): void {
    const url = new URL(to, location.href);
    if (replace) history.replaceState(null, '', url);
    else history.pushState(null, '', url);
    this.#show(url);
  }

  /** Sets or (with null) takes away words of the query, without a new entry in the history. */
  setQuery(changes: Record<string, string | null>): void {
    const url = new URL(location.href);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    this.go(url.href, true);
  }

  #show(url: URL): void {
    const next = placeOf(url);
    const moved = next.path !== this.#place.path;
    this.#place = next;
    if (moved) {
      this.moves++;
      scrollTo(0, 0);
    }
  }

  #click(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute('download')) return;
    const url = new URL(link.href, location.href);
    if (url.origin !== location.origin || !(url.pathname === base || url.pathname.startsWith(`${base}/`))) return;
    if (url.pathname === location.pathname && url.search === location.search && url.hash) return;
    event.preventDefault();
    this.go(url.href);
  }
}

export const router = new Router();
