// Addresses: base58 of 64 bytes (shielded) or 96 bytes (a public account). They carry no checksum.
import { base58 } from '@scure/base';

export type AddressKind = 'shielded' | 'public';

export interface Address {
  kind: AddressKind;
  text: string;
  bytes: Uint8Array;
}

export type AddressError = 'empty' | 'bad_letter' | 'wrong_length';

export const SHIELDED_BYTES = 64;
export const PUBLIC_BYTES = 96;

export function encodeAddress(bytes: Uint8Array): string {
  return base58.encode(bytes);
}

export function parseAddress(input: string): Address | { error: AddressError } {
  const text = input.trim();
  if (text === '') return { error: 'empty' };
  if (text.length > 140) return { error: 'wrong_length' };
  let bytes: Uint8Array;
  try {
    bytes = base58.decode(text);
  } catch {
    return { error: 'bad_letter' };
  }
  if (bytes.length === SHIELDED_BYTES) return { kind: 'shielded', text, bytes };
  if (bytes.length === PUBLIC_BYTES) return { kind: 'public', text, bytes };
  return { error: 'wrong_length' };
}

// For lines where the whole does not fit: enough of both ends to tell addresses apart.
export function shortAddress(text: string, ends = 8): string {
  return text.length <= 2 * ends + 1 ? text : `${text.slice(0, ends)}…${text.slice(-ends)}`;
}
