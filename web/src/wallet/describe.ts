// Words and figures of orders, entries and times.
import { formatDusk } from './core/amount';
import { shortAddress } from './core/address';
import type { Entry } from './core/journal';
import type { StakeOutlook } from './core/staking';
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
  return ownName(address) ?? contactName(address) ?? shortAddress(address);
}

export function entryState(entry: Entry): string {
  return entry.error ? words.activity.states.failed : words.activity.states[entry.state];
}

// Seconds as two units at most: "3 h 20 min".
export function span(seconds: number): string {
  const units: [number, string][] = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ];
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [size, name] of units) {
    if (parts.length === 2 || (parts.length === 1 && rest < size)) break;
    if (rest >= size || (size === 1 && parts.length === 0)) {
      parts.push(`${Math.floor(rest / size)} ${name}`);
      rest %= size;
    }
  }
  return parts.join(' ');
}

export function when(seconds: number): string {
  return new Date(seconds * 1000).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

// From when a stake counts: its block, and the time at the pace of the last blocks.
export function eligibleText(outlook: StakeOutlook, text: (height: string, when: string) => string): string {
  const time = outlook.secondsLeft;
  const moment = time === null ? '' : `${words.balance.inTime(span(time))} (${when(Date.now() / 1000 + time)})`;
  return text(outlook.eligibility.toString(), moment);
}

export function dusk(lux: bigint): string {
  return `${formatDusk(lux)} ${words.dusk}`;
}
