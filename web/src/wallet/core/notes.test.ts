import { describe, expect, it } from 'vitest';
import { toHex } from '../../codecs/hex';
import { u64 } from './bytes';
import { addBookmark, addNotes, chooseNotes, forgetAbove, markSpent, noNotes, notesBalance, type Note, type NotesState } from './notes';

function note(position: number, value: number, height = position, profile = 0): Note {
  const nullifier = new Uint8Array(32);
  nullifier.set(u64(BigInt(position + 1)));
  return {
    profile,
    position: BigInt(position),
    height: BigInt(height),
    value: BigInt(value),
    nullifier,
    leaf: new Uint8Array(),
    spent: false,
  };
}

const of = (...values: number[]): NotesState =>
  addNotes(
    noNotes(),
    values.map((value, i) => note(i, value)),
  );
const values = (notes: Note[] | null) => notes?.map((one) => Number(one.value)) ?? null;
const none = new Set<string>();

describe('choosing notes', () => {
  it('takes as few as cover the cost, and leaves little', () => {
    expect(values(chooseNotes(of(1, 5, 9, 7), 0, 6n, none))).toEqual([7]);
    expect(values(chooseNotes(of(1, 5, 9, 7), 0, 10n, none))).toEqual([9, 1]);
    expect(values(chooseNotes(of(1, 5, 9, 7), 0, 16n, none))).toEqual([9, 7]);
    expect(values(chooseNotes(of(1, 5, 9, 7), 0, 22n, none))).toEqual([9, 7, 5, 1]);
    expect(chooseNotes(of(1, 5, 9, 7), 0, 23n, none)).toBeNull();
    expect(chooseNotes(of(1, 1, 1, 1, 1), 0, 5n, none)).toBeNull();
    expect(chooseNotes(of(), 0, 1n, none)).toBeNull();
  });

  it('covers every cost that four notes can, with notes that differ', () => {
    let seed = 1;
    const random = () => (seed = (seed * 48271) % 2147483647);
    for (let round = 0; round < 300; round++) {
      const state = of(...Array.from({ length: random() % 9 }, () => random() % 50));
      const most = notesBalance(state, 0, none).spendable;
      for (const cost of [1n, most / 2n, most, most + 1n]) {
        if (cost < 1n) continue;
        const chosen = chooseNotes(state, 0, cost, none);
        expect(chosen !== null).toBe(cost <= most);
        if (!chosen) continue;
        expect(new Set(chosen).size).toBe(chosen.length);
        expect(chosen.length).toBeLessThanOrEqual(4);
        expect(chosen.reduce((sum, one) => sum + one.value, 0n)).toBeGreaterThanOrEqual(cost);
      }
    }
  });

  it('leaves spent, reserved and foreign notes alone', () => {
    const state = addNotes(of(9, 7, 5), [note(3, 100, 3, 1)]);
    const reserved = new Set([toHex(state.notes[0]!.nullifier)]);
    const spent = markSpent(state, [state.notes[1]!.nullifier]);
    expect(values(chooseNotes(spent, 0, 5n, reserved))).toEqual([5]);
    expect(notesBalance(spent, 0, reserved)).toEqual({ total: 5n, spendable: 5n });
    expect(notesBalance(spent, 1, reserved)).toEqual({ total: 100n, spendable: 100n });
  });
});

describe('what was read', () => {
  it('goes back to a common block, and asks anew what is spent', () => {
    let state = of(1, 2, 3);
    for (const height of [0, 1, 2]) state = addBookmark(state, { height: BigInt(height), block: `b${height}`, next: BigInt(height + 1) });
    state = markSpent(state, [state.notes[0]!.nullifier, state.notes[2]!.nullifier]);
    const back = forgetAbove(state, 1n);
    expect(back.bookmarks.map((bookmark) => bookmark.block)).toEqual(['b1', 'b0']);
    expect(back.notes.map((one) => [one.position, one.spent])).toEqual([
      [0n, false],
      [1n, false],
    ]);
  });

  it('keeps few bookmarks that reach far back', () => {
    let state = noNotes();
    for (let height = 1n; height <= 5000n; height++) state = addBookmark(state, { height, block: String(height), next: height });
    const heights = state.bookmarks.map((bookmark) => Number(bookmark.height));
    expect(heights[0]).toBe(5000);
    expect(heights.slice(0, 5)).toEqual([5000, 4999, 4998, 4997, 4996]);
    expect(heights.length).toBeLessThanOrEqual(24);
    expect(heights.at(-1)).toBeLessThan(4000);
  });

  it('has a note once', () => {
    const state = addNotes(of(1, 2), [note(1, 5), note(0, 1)]);
    expect(state.notes.map((one) => one.value)).toEqual([1n, 5n]);
  });
});
