import type { Component } from 'svelte';
import Overview from './explorer/Overview.svelte';

/** What every page is given. A page that needs nothing says `const {}: PageProps = $props();`. */
export interface PageProps {
  /** What the pattern captured, decoded; empty where it captures nothing. */
  argument: string;
}

export interface Route {
  pattern: RegExp;
  load: () => Promise<{ default: Component<PageProps> }>;
}

/** Pages are loaded when they are first shown, but for the one that most people begin with. The first that fits is shown; what the pattern captures is the page's argument. */
export const routes: Route[] = [
  { pattern: /^\/$/, load: () => new Promise((loaded) => setTimeout(() => loaded({ default: Overview }))) }, // after the frame around it
  { pattern: /^\/blocks$/, load: () => import('./explorer/Blocks.svelte') },
  { pattern: /^\/block\/([^/]+)$/, load: () => import('./explorer/Block.svelte') },
  { pattern: /^\/transactions$/, load: () => import('./explorer/Transactions.svelte') },
  { pattern: /^\/tx\/([^/]+)$/, load: () => import('./explorer/Transaction.svelte') },
  { pattern: /^\/mempool$/, load: () => import('./explorer/Mempool.svelte') },
  { pattern: /^\/accounts$/, load: () => import('./explorer/Accounts.svelte') },
  { pattern: /^\/account\/([^/]+)$/, load: () => import('./explorer/Account.svelte') },
  { pattern: /^\/contracts$/, load: () => import('./explorer/Contracts.svelte') },
  { pattern: /^\/contract\/([^/]+)$/, load: () => import('./explorer/Contract.svelte') },
  { pattern: /^\/provisioners$/, load: () => import('./explorer/Provisioners.svelte') },
  { pattern: /^\/network$/, load: () => import('./explorer/Network.svelte') },
  { pattern: /^\/consensus$/, load: () => import('./consensus/Consensus.svelte') },
  { pattern: /^\/node$/, load: () => import('./explorer/Node.svelte') },
  { pattern: /^\/search$/, load: () => import('./explorer/Search.svelte') },
  { pattern: /^\/connect$/, load: () => import('./wallet/Connect.svelte') },
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
