// What somebody may mean by what was typed into the search.
import { fromBase58 } from './base58';

export type SearchKind =
  | { kind: 'height'; height: number }
  /** A block, a transaction, a contract or a nullifier: only the node knows. */
  | { kind: 'hash'; hash: string }
  /** The beginning of one, in lower case. */
  | { kind: 'prefix'; digits: string }
  | { kind: 'account'; account: string }
  /** A Phoenix address: nobody can say what it owns. */
  | { kind: 'shielded'; address: string }
  | { kind: 'text'; text: string };

export function searchKind(input: string): SearchKind | null {
  const text = input.trim();
  if (text === '') return null;
  const digits = text.replace(/^#/, '').replace(/[,\s_](?=\d{3}(?:\D|$))/g, '');
  if (/^\d{1,15}$/.test(digits)) return { kind: 'height', height: Number(digits) };
  const hash = /^(?:0x)?([0-9a-fA-F]{64})$/.exec(text);
  if (hash) return { kind: 'hash', hash: (hash[1] ?? '').toLowerCase() };
  const prefix = /^(?:0x)?([0-9a-fA-F]{6,63})$/.exec(text);
  if (prefix) return { kind: 'prefix', digits: (prefix[1] ?? '').toLowerCase() };
  const key = text.length >= 60 ? fromBase58(text) : null;
  if (key?.length === 96) return { kind: 'account', account: text };
  if (key?.length === 64) return { kind: 'shielded', address: text };
  return { kind: 'text', text };
}
