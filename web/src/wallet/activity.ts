// One list of what happened: what this wallet sent, the notes it found, and, where the node has an archive, public
// payments by others.
import { toHex } from '../codecs/hex';
import { amountOf, mostFee } from './core/order';
import type { ArchiveRow } from './core/node_extras';
import type { Entry } from './core/journal';
import type { Note } from './core/notes';

export type Happening =
  | { from: 'journal'; id: string; at: number; height: bigint | null; entry: Entry }
  | { from: 'notes'; id: string; at: number; height: bigint; note: Note }
  | { from: 'archive'; id: string; at: number; height: bigint; row: ArchiveRow };

// Kinds of archive rows that others caused; the wallet's own transactions are in its journal.
const BY_OTHERS = new Set(['received', 'rewarded', 'slashed', 'hard_slashed']);

// Values of the notes that a transaction of this wallet made for itself: what it shielded, its change, what was not
// spent of the fee. They are no receipts.
function ownNotes(entry: Entry, notes: Note[]): bigint[] {
  if (entry.order.kind === 'shield') return [entry.order.amount];
  if (!entry.nullifiers) return [];
  const spent = new Set(entry.nullifiers.map(toHex));
  const inputs = notes.filter((note) => spent.has(toHex(note.nullifier))).reduce((sum, note) => sum + note.value, 0n);
  const refund = (entry.fee.gasLimit - (entry.gasSpent ?? 0n)) * entry.fee.gasPrice;
  return [inputs - amountOf(entry.order) - mostFee(entry.fee), refund];
}

// The latest first.
export function happenings(entries: Entry[], notes: Note[], rows: ArchiveRow[], profile: number): Happening[] {
  const own = entries.filter((entry) => entry.profile === profile);
  const ids = new Set(own.map((entry) => entry.id));
  const ownValues = new Set(own.flatMap((entry) => ownNotes(entry, notes).map((value) => `${entry.height}/${value}`)));
  const list: Happening[] = [
    ...own.map((entry): Happening => ({ from: 'journal', id: entry.id, at: entry.sent, height: entry.height ?? null, entry })),
    ...notes
      .filter((note) => note.profile === profile && note.value > 0n && !ownValues.has(`${note.height}/${note.value}`))
      .map((note): Happening => ({ from: 'notes', id: `note-${note.position}`, at: 0, height: note.height, note })),
    ...rows
      .filter((row) => (row.transaction === null ? BY_OTHERS.has(row.kind) : !ids.has(row.transaction)))
      .map((row): Happening => ({ from: 'archive', id: `row-${row.id}`, at: row.time * 1000, height: row.height, row })),
  ];
  return list.sort(laterFirst);
}

// What is in no block yet comes first, then by height, then by time.
function laterFirst(a: Happening, b: Happening): number {
  if (a.height !== b.height) {
    if (a.height === null) return -1;
    if (b.height === null) return 1;
    return a.height > b.height ? -1 : 1;
  }
  return b.at - a.at;
}
