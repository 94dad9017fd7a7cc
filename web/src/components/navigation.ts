import { href } from '../router.svelte';
import { strings } from '../strings';
import type { IconName } from './icons';

export interface Entry {
  label: string;
  icon: IconName;
  href: string;
  /** Paths at which this entry is the current one. */
  at: RegExp;
}

/** Groups, with a line between them. */
export const entries: Entry[][] = [
  [
    { label: strings.nav.overview, icon: 'overview', href: href('/'), at: /^\/$/ },
    { label: strings.nav.blocks, icon: 'blocks', href: href('/blocks'), at: /^\/blocks?(\/|$)/ },
    { label: strings.nav.transactions, icon: 'transactions', href: href('/transactions'), at: /^\/(transactions|tx)(\/|$)/ },
    { label: strings.nav.mempool, icon: 'mempool', href: href('/mempool'), at: /^\/mempool/ },
    { label: strings.nav.accounts, icon: 'accounts', href: href('/accounts'), at: /^\/accounts?(\/|$)/ },
    { label: strings.nav.contracts, icon: 'contracts', href: href('/contracts'), at: /^\/contracts?(\/|$)/ },
  ],
  [
    { label: strings.nav.consensus, icon: 'consensus', href: href('/consensus'), at: /^\/consensus/ },
    { label: strings.nav.provisioners, icon: 'provisioners', href: href('/provisioners'), at: /^\/provisioners/ },
    { label: strings.nav.network, icon: 'network', href: href('/network'), at: /^\/network/ },
    { label: strings.nav.node, icon: 'node', href: href('/node'), at: /^\/node/ },
  ],
  [{ label: strings.nav.wallet, icon: 'wallet', href: href('/wallet'), at: /^\/wallet/ }],
];
