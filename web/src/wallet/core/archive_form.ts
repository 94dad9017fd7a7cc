// Vectors in the archive form that contracts and the wallet module take.
import { concat, readU32 } from './bytes';

// The vector of equal items in the archive form: items, then where they begin (backwards) and how many there are.
export function archivedVector(items: Uint8Array[]): Uint8Array {
  const content = concat(...items);
  const padding = (4 - (content.length % 4)) % 4;
  const tail = new Uint8Array(8);
  const view = new DataView(tail.buffer);
  view.setInt32(0, -(content.length + padding), true);
  view.setUint32(4, items.length, true);
  return concat(content, new Uint8Array(padding), tail);
}

// The items of such a vector; nothing where the bytes are not one of items of this size.
export function itemsOfArchivedVector(bytes: Uint8Array, size: number): Uint8Array[] | null {
  if (bytes.length < 8) return null;
  const tail = bytes.length - 8;
  const count = readU32(bytes, tail + 4);
  if (count === 0) return [];
  const start = tail + (readU32(bytes, tail) | 0);
  if (start < 0 || start + count * size > tail) return null;
  return Array.from({ length: count }, (_, i) => bytes.slice(start + i * size, start + (i + 1) * size));
}
