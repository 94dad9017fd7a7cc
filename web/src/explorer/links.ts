// Addresses of pages of the explorer.
import { href } from '../router.svelte';

export const toBlock = (at: number | string): string => href('/block', at);
export const toTransaction = (id: string): string => href('/tx', id);
export const toAccount = (account: string): string => href('/account', account);
export const toContract = (id: string): string => href('/contract', id);
