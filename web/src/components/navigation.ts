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

export const entries: Entry[] = [
  { label: strings.nav.overview, icon: 'overview', href: href('/'), at: /^\/$/ },
  { label: strings.nav.wallet, icon: 'wallet', href: href('/wallet'), at: /^\/wallet/ },
];
