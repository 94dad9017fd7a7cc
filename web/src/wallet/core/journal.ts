// What the wallet sent, and what became of it. An entry is written down before its transaction leaves.
import { toHex } from '../../codecs/hex';
import { amountOf, modelOf, mostFee, type FeeChoice, type Model, type Order } from './order';
import type { SpentTx } from './node';

export type EntryState =
  | 'sent' // handed to the node, in no block yet
  | 'lost' // in no block, and the mempool does not have it any more
  | 'in_block' // in a block that is not final
  | 'final'
  | 'replaced'; // another transaction with its nonce or notes is in a block

export interface Entry {
  id: string;
  profile: number;
  order: Order;
  model: Model;
  fee: FeeChoice;
  nonce?: bigint; // of public transactions
  nullifiers?: Uint8Array[]; // of shielded ones
  tx: Uint8Array;
  sent: number; // milliseconds since 1970
  state: EntryState;
  origin?: string; // of the page that asked for it
  height?: bigint;
  blockHash?: string;
  timestamp?: number;
  gasSpent?: bigint;
  error?: string; // what it called failed; the fee is spent
}

export function isPending(entry: Entry): boolean {
  return entry.state === 'sent' || entry.state === 'lost';
}

// Not settled: asked about until it is.
export function isOpen(entry: Entry): boolean {
  return isPending(entry) || entry.state === 'in_block';
}

// Nullifiers that pending transactions use, in hexadecimal: their notes are not chosen again.
export function reservedNotes(entries: Entry[]): Set<string> {
  return new Set(entries.filter(isOpen).flatMap((entry) => (entry.nullifiers ?? []).map(toHex)));
}

// The nonce of the next public transaction: after those in blocks, those in the node's mempool, and those that this
// wallet sent and that the node may not count yet. A gap is filled first: nothing after it can get into a block.
export function nextNonce(entries: Entry[], profile: number, inBlocks: bigint, ofNode: bigint): bigint {
  const used = new Set(
    entries.filter((entry) => entry.profile === profile && entry.state === 'sent' && entry.nonce !== undefined).map((entry) => entry.nonce),
  );
  let nonce = inBlocks + 1n > ofNode ? inBlocks + 1n : ofNode;
  while (used.has(nonce)) nonce += 1n;
  return nonce;
}

// Only one of two rivals can get into a block: they have the same nonce, or a note in common.
export function areRivals(a: Entry, b: Entry): boolean {
  if (a.profile !== b.profile) return false;
  if (a.nonce !== undefined && a.nonce === b.nonce) return true;
  const notes = new Set((a.nullifiers ?? []).map(toHex));
  return (b.nullifiers ?? []).some((nullifier) => notes.has(toHex(nullifier)));
}

// What pending public transactions may take of the account yet; of rivals the dearest.
export function pendingPublicCost(entries: Entry[], profile: number): bigint {
  const byNonce = new Map<bigint | undefined, bigint>();
  for (const entry of entries) {
    if (entry.profile !== profile || entry.model !== 'public' || entry.state !== 'sent') continue;
    const cost = amountOf(entry.order) + mostFee(entry.fee);
    if (cost > (byNonce.get(entry.nonce) ?? 0n)) byNonce.set(entry.nonce, cost);
  }
  return [...byNonce.values()].reduce((sum, cost) => sum + cost, 0n);
}

// A price that takes the place of a transaction and of its pending rivals: a tenth more than the highest, at least one.
export function replacementPrice(entry: Entry, entries: Entry[], usual: bigint): bigint {
  const prices = entries.filter((other) => isPending(other) && areRivals(entry, other)).map((other) => other.fee.gasPrice);
  const highest = prices.reduce((most, price) => (price > most ? price : most), entry.fee.gasPrice);
  const more = highest + highest / 10n + 1n;
  return more > usual ? more : usual;
}

const NO_ANSWER_MS = 30_000;

export interface ChainNews {
  spent: Map<string, SpentTx>;
  waiting: Set<string>;
  finalHeight: bigint;
  now: number; // milliseconds since 1970
}

// The entries as they are after the chain was asked about the open ones.
export function applyNews(entries: Entry[], news: ChainNews): Entry[] {
  const settled = entries.map((entry) => (isOpen(entry) ? newState(entry, news) : entry));
  const inBlocks = settled.filter((entry) => entry.state === 'in_block' || entry.state === 'final');
  const nonces = new Set(inBlocks.filter((entry) => entry.nonce !== undefined).map((entry) => `${entry.profile}/${entry.nonce}`));
  const notes = new Set(inBlocks.flatMap((entry) => (entry.nullifiers ?? []).map(toHex)));
  return settled.map((entry) => {
    if (!isPending(entry)) return entry;
    const taken =
      (entry.nonce !== undefined && nonces.has(`${entry.profile}/${entry.nonce}`)) ||
      (entry.nullifiers ?? []).some((nullifier) => notes.has(toHex(nullifier)));
    return taken ? { ...entry, state: 'replaced' } : entry;
  });
}

function newState(entry: Entry, news: ChainNews): Entry {
  const spent = news.spent.get(entry.id);
  if (spent) {
    return {
      ...entry,
      state: spent.height <= news.finalHeight ? 'final' : 'in_block',
      height: spent.height,
      blockHash: spent.blockHash,
      timestamp: spent.timestamp,
      gasSpent: spent.gasSpent,
      error: spent.error,
    };
  }
  // Its block may have left the chain: what was known of it goes.
  const { id, profile, order, model, fee, nonce, nullifiers, tx, sent, origin } = entry;
  const base: Entry = {
    id,
    profile,
    order,
    model,
    fee,
    tx,
    sent,
    state: 'sent',
    ...(nonce === undefined ? {} : { nonce }),
    ...(nullifiers === undefined ? {} : { nullifiers }),
    ...(origin === undefined ? {} : { origin }),
  };
  const isLost = !news.waiting.has(entry.id) && news.now - entry.sent > NO_ANSWER_MS;
  return isLost ? { ...base, state: 'lost' } : base;
}

// A new entry for a transaction that is about to leave.
export function newEntry(
  order: Order,
  fields: {
    id: string;
    profile: number;
    fee: FeeChoice;
    tx: Uint8Array;
    nonce?: bigint;
    nullifiers?: Uint8Array[];
    origin?: string;
    now: number;
  },
): Entry {
  const { now, ...rest } = fields;
  return { ...rest, order, model: modelOf(order), sent: now, state: 'sent' };
}
