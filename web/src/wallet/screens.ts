// Screens of the open wallet, in the order in which they are listed.
import type { Component } from 'svelte';
import { strings } from '../strings';
import Activity from './screens/Activity.svelte';
import Call from './screens/Call.svelte';
import Contacts from './screens/Contacts.svelte';
import Overview from './screens/Overview.svelte';
import Receive from './screens/Receive.svelte';
import Send from './screens/Send.svelte';
import Settings from './screens/Settings.svelte';
import Shield from './screens/Shield.svelte';
import Stake from './screens/Stake.svelte';

export interface Screen {
  path: string; // below /ui/wallet
  label: string;
  content: Component;
}

const words = strings.wallet.nav;

export const screens: Screen[] = [
  { path: '', label: words.overview, content: Overview },
  { path: 'send', label: words.send, content: Send },
  { path: 'receive', label: words.receive, content: Receive },
  { path: 'shield', label: words.shield, content: Shield },
  { path: 'stake', label: words.stake, content: Stake },
  { path: 'call', label: words.call, content: Call },
  { path: 'activity', label: words.activity, content: Activity },
  { path: 'contacts', label: words.contacts, content: Contacts },
  { path: 'settings', label: words.settings, content: Settings },
];
