// The shielded notes of a wallet as far as it has read the chain, so that it reads on where it stopped. Plain values:
// sync.ts asks the node.
import { toHex } from '../../codecs/hex';

export interface Note {
  profile: number;
  position: bigint; // in the tree
  height: bigint;
  value: bigint;
  nullifier: Uint8Array; // as contracts take it
  leaf: Uint8Array;
  spent: boolean;
}

// Up to this block all was read; `next` is the first position after it.
export interface Bookmark {
  height: bigint;
  block: string; // its hash
  next: bigint;
}

export interface NotesState {
  version: 1;
  bookmarks: Bookmark[]; // the last one first
  notes: Note[]; // by position
}

export function noNotes(): NotesState {
  return { version: 1, bookmarks: [], notes: [] };
}

// What is above the height is forgotten: the chain is another one there.
export function forgetAbove(state: NotesState, height: bigint): NotesState {
  return {
    version: 1,
    bookmarks: state.bookmarks.filter((bookmark) => bookmark.height <= height),
    notes: state.notes.filter((note) => note.height <= height).map((note) => ({ ...note, spent: false })),
  };
}

// The further back, the fewer: all of the last eight blocks, then the oldest of each doubling of the distance.
export function addBookmark(state: NotesState, bookmark: Bookmark): NotesState {
  const older = state.bookmarks.filter((other) => other.height < bookmark.height);
  const doubling = (other: Bookmark) => (bookmark.height - other.height).toString(2).length;
  const kept = older.filter((other, i) => {
    const next = older[i + 1];
    return bookmark.height - other.height <= 8n || next === undefined || doubling(next) !== doubling(other);
  });
  return { ...state, bookmarks: [bookmark, ...kept] };
}

// Once for each position: the later one counts.
export function addNotes(state: NotesState, notes: Note[]): NotesState {
  const byPosition = new Map(state.notes.map((note) => [note.position, note]));
  for (const note of notes) byPosition.set(note.position, note);
  return { ...state, notes: [...byPosition.values()].sort((a, b) => (a.position < b.position ? -1 : 1)) };
}

export function markSpent(state: NotesState, nullifiers: Uint8Array[]): NotesState {
  const spent = new Set(nullifiers.map(toHex));
  return { ...state, notes: state.notes.map((note) => (spent.has(toHex(note.nullifier)) ? { ...note, spent: true } : note)) };
}

export const MOST_INPUTS = 4;

export interface NotesBalance {
  total: bigint;
  spendable: bigint; // by one transaction: of the four largest notes
}

// Of one profile, without the notes that a pending transaction spends.
export function notesBalance(state: NotesState, profile: number, reserved: ReadonlySet<string>): NotesBalance {
  const free = freeNotes(state, profile, reserved);
  const sum = (notes: Note[]) => notes.reduce((total, note) => total + note.value, 0n);
  return { total: sum(free), spendable: sum(free.slice(0, MOST_INPUTS)) };
}

// The largest first.
function freeNotes(state: NotesState, profile: number, reserved: ReadonlySet<string>): Note[] {
  return state.notes
    .filter((note) => note.profile === profile && !note.spent && note.value > 0n && !reserved.has(toHex(note.nullifier)))
    .sort((a, b) => (a.value === b.value ? Number(a.position - b.position) : a.value > b.value ? -1 : 1));
}

// As few notes as cover the cost (a proof takes longer with each), and of those ways one that leaves little change.
// Nothing where four are not enough.
export function chooseNotes(state: NotesState, profile: number, cost: bigint, reserved: ReadonlySet<string>): Note[] | null {
  const notes = freeNotes(state, profile, reserved);
  const chosen: Note[] = [];
  let sum = 0n;
  for (const note of notes.slice(0, MOST_INPUTS)) {
    if (sum + note.value >= cost) {
      const rest = cost - sum;
      return [...chosen, notes.findLast((last) => last.value >= rest && !chosen.includes(last)) ?? note];
    }
    chosen.push(note);
    sum += note.value;
  }
  return null;
}
