// Words and figures of orders, entries and times.
import { formatDusk } from '../codecs/lux';
import { shorten } from '../components/shorten';
import type { Entry } from './core/journal';
import type { StakeOutlook } from './core/staking';
import { exactTime, span } from '../codecs/duration';
import { strings } from '../strings';
import { wallet } from './session.svelte';

const words = strings.wallet;

export function ownName(address: string): string | null {
  const index = wallet.profiles.findIndex((texts) => texts.account === address || texts.address === address);
  return index < 0 ? null : words.profile(index);
}

export function contactName(address: string): string | null {
  return wallet.contacts.find((contact) => contact.address === address)?.name ?? null;
}

// A name where there is one, else enough of the address to tell it from others.
export function nameOf(address: string): string {
  return ownName(address) ?? contactName(address) ?? shorten(address);
}

export function entryState(entry: Entry): string {
  return entry.error ? words.activity.states.failed : words.activity.states[entry.state];
}

// From when a stake counts: its block, and the time at the pace of the last blocks.
export function eligibleText(outlook: StakeOutlook, text: (height: string, when: string) => string): string {
  const time = outlook.secondsLeft;
  const moment = time === null ? '' : `${words.balance.inTime(span(time))} (${exactTime(Date.now() + time * 1000)})`;
  return text(outlook.eligibility.toString(), moment);
}

export function dusk(lux: bigint): string {
  return `${formatDusk(lux)} ${words.dusk}`;
}
