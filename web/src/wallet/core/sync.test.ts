import { describe, expect, it } from 'vitest';
import { toHex } from '../../codecs/hex';
import type { NodeClient, Tip } from './node';
import { noNotes, type Note, type NotesState } from './notes';
import { syncNotes, type Scan } from './sync';

// A chain in which every block has one note of ours, at the position of its height.
class Chain {
  blocks: string[] = ['a0'];
  spent = new Set<string>();
  asked: bigint[] = [];

  grow(to: number, fork: string): void {
    for (let height = this.blocks.length; height <= to; height++) this.blocks.push(`${fork}${height}`);
  }

  cut(height: number): void {
    this.blocks = this.blocks.slice(0, height + 1);
  }

  get tip(): Tip {
    const height = this.blocks.length - 1;
    return { height: BigInt(height), hash: this.blocks[height]!, timestamp: 0, finalHeight: 0n };
  }

  note(height: number): Note {
    const nullifier = new Uint8Array(32);
    nullifier.set(new TextEncoder().encode(this.blocks[height]));
    return { profile: 0, position: BigInt(height), height: BigInt(height), value: 1n, nullifier, leaf: new Uint8Array(), spent: false };
  }

  readonly node = {
    blockAt: async (height: bigint) => this.blocks[Number(height)] ?? null,
    spentNullifiers: async (asked: Uint8Array[]) => asked.filter((nullifier) => this.spent.has(toHex(nullifier))),
  } as unknown as NodeClient;

  // Reads in pieces of three, to the end of the chain as it is by then.
  readonly scan: Scan = async (from, _profiles, report, signal) => {
    this.asked.push(from);
    const end = this.blocks.length;
    for (let at = Number(from); at < end; at += 3) {
      signal?.throwIfAborted();
      const last = Math.min(at + 3, end) - 1;
      const notes = Array.from({ length: last - at + 1 }, (_, i) => this.note(at + i));
      report({ read: last + 1 - Number(from), of: end - Number(from), notes, upTo: { next: BigInt(last + 1), height: BigInt(last) } });
    }
  };
}

const heights = (state: NotesState) => state.notes.map((note) => Number(note.height));
const sync = (chain: Chain, state: NotesState, tip = chain.tip, save: (state: NotesState) => void = () => undefined, signal?: AbortSignal) =>
  syncNotes(chain.node, chain.scan, state, [0], tip, save, () => undefined, signal);

describe('reading the chain', () => {
  it('goes on where it stopped', async () => {
    const chain = new Chain();
    chain.grow(5, 'a');
    const first = await sync(chain, noNotes());
    expect(heights(first)).toEqual([0, 1, 2, 3, 4, 5]);
    chain.grow(7, 'a');
    const second = await sync(chain, first);
    expect(heights(second)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(chain.asked).toEqual([0n, 6n]);
  });

  it('goes back to the last common block when blocks left the chain', async () => {
    const chain = new Chain();
    let state = noNotes();
    for (let height = 1; height <= 9; height++) {
      chain.grow(height, 'a');
      state = await sync(chain, state);
    }
    chain.cut(6);
    chain.grow(10, 'b');
    state = await sync(chain, state);
    expect(chain.asked.at(-1)).toBe(7n);
    expect(state.notes.map((note) => new TextDecoder().decode(note.nullifier).replaceAll('\0', ''))).toEqual(chain.blocks);
  });

  it('reads all anew on another chain', async () => {
    const chain = new Chain();
    chain.grow(3, 'a');
    const state = await sync(chain, noNotes());
    chain.blocks = [];
    chain.grow(2, 'c');
    expect(heights(await sync(chain, state))).toEqual([0, 1, 2]);
    expect(chain.asked.at(-1)).toBe(0n);
  });

  it('reads again what came after the block that it asked for', async () => {
    const chain = new Chain();
    chain.grow(4, 'a');
    const { tip } = chain;
    chain.grow(8, 'a');
    const state = await sync(chain, noNotes(), tip);
    expect(state.bookmarks[0]).toEqual({ height: 4n, block: 'a4', next: 3n });
    chain.asked = [];
    expect(heights(await sync(chain, state))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(chain.asked).toEqual([3n]);
  });

  it('keeps what it read when it is stopped', async () => {
    const chain = new Chain();
    chain.grow(8, 'a');
    const abort = new AbortController();
    let kept = noNotes();
    const save = (state: NotesState) => {
      kept = state;
      abort.abort(new DOMException('stop', 'AbortError'));
    };
    await expect(sync(chain, noNotes(), chain.tip, save, abort.signal)).rejects.toThrow('stop');
    expect(heights(kept)).toEqual([0, 1, 2]);
    expect(heights(await sync(chain, kept))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(chain.asked).toEqual([0n, 3n]);
  });

  it('asks which notes are spent, also of those that it knows', async () => {
    const chain = new Chain();
    chain.grow(2, 'a');
    const state = await sync(chain, noNotes());
    chain.spent.add(toHex(chain.note(1).nullifier));
    const after = await sync(chain, state);
    expect(after.notes.map((note) => note.spent)).toEqual([false, true, false]);
  });
});
