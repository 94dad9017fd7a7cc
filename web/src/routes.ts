import type { Component } from 'svelte';

/** What every page is given. A page that needs nothing says `const {}: PageProps = $props();`. */
export interface PageProps {
  /** What the pattern captured, decoded; empty where it captures nothing. */
  argument: string;
}

export interface Route {
  pattern: RegExp;
  load: () => Promise<{ default: Component<PageProps> }>;
}

/** The first that fits is shown; what the pattern captures is the page's argument. */
export const routes: Route[] = [
  { pattern: /^\/$/, load: () => import('./explorer/Overview.svelte') },
  { pattern: /^\/wallet(?:\/(.*))?$/, load: () => import('./wallet/Wallet.svelte') },
];

export interface Match {
  route: Route;
  argument: string;
}

/** Null where no page has this path. A part that is not valid percent-encoding is taken as it stands. */
export function matchRoute(path: string): Match | null {
  for (const route of routes) {
    const found = route.pattern.exec(path);
    if (!found) continue;
    const raw = found[1] ?? '';
    try {
      return { route, argument: decodeURIComponent(raw) };
    } catch {
      return { route, argument: raw };
    }
  }
  return null;
}
