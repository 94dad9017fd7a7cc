// Addresses: base58 of 64 bytes (shielded) or 96 bytes (a public account). They carry no checksum.
import { fromBase58 } from '../../codecs/base58';

export type AddressKind = 'shielded' | 'public';

export interface Address {
  kind: AddressKind;
  text: string;
  bytes: Uint8Array;
}

export type AddressError = 'empty' | 'bad_letter' | 'wrong_length';

export const SHIELDED_BYTES = 64;
export const PUBLIC_BYTES = 96;

export function parseAddress(input: string): Address | { error: AddressError } {
  const text = input.trim();
  if (text === '') return { error: 'empty' };
  if (text.length > 140) return { error: 'wrong_length' };
  const bytes = fromBase58(text);
  if (!bytes) return { error: 'bad_letter' };
  if (bytes.length === SHIELDED_BYTES) return { kind: 'shielded', text, bytes };
  if (bytes.length === PUBLIC_BYTES) return { kind: 'public', text, bytes };
  return { error: 'wrong_length' };
}
