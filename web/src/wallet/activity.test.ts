import { describe, expect, it } from 'vitest';
import { happenings } from './activity';
import { newEntry, type Entry } from './core/journal';
import type { ArchiveRow } from './core/node_extras';
import type { Note } from './core/notes';
import type { Order } from './core/order';

const entry = (id: string, order: Order, height?: bigint): Entry => ({
  ...newEntry(order, { id, profile: 0, fee: { gasLimit: 1n, gasPrice: 1n }, tx: new Uint8Array(), now: 5 }),
  ...(height === undefined ? {} : { height, state: 'final' as const }),
});
const note = (position: bigint, height: bigint, value = 1n): Note => ({
  profile: 0,
  position,
  height,
  value,
  nullifier: new Uint8Array(),
  leaf: new Uint8Array(),
  spent: false,
});
const row = (id: string, kind: string, transaction: string | null, height: bigint): ArchiveRow => ({
  id,
  height,
  time: 1,
  transaction,
  kind,
  amount: 1n,
  party: '',
  memo: '',
  text: '',
});

describe('activity', () => {
  it('has everything once, the latest first', () => {
    const list = happenings(
      [
        entry('a', { kind: 'stake', amount: 1n }, 3n),
        entry('b', { kind: 'stake', amount: 1n }),
        entry('c', { kind: 'shield', amount: 1n }, 4n),
      ],
      [note(1n, 2n), note(2n, 4n), note(3n, 9n, 0n)],
      [row('1', 'staked', 'a', 3n), row('2', 'received', 'x', 7n), row('3', 'rewarded', null, 1n), row('4', 'sent', null, 1n)],
      0,
    );
    expect(list.map((one) => one.id)).toEqual(['b', 'row-2', 'c', 'a', 'note-1', 'row-3']);
  });

  it('does not call change and refunds receipts', () => {
    const spent = { ...note(0n, 1n, 100n), nullifier: new Uint8Array(32).fill(1), spent: true };
    const payment: Entry = {
      ...entry('a', { kind: 'unshield', amount: 60n }, 5n),
      fee: { gasLimit: 10n, gasPrice: 2n },
      gasSpent: 4n,
      nullifiers: [spent.nullifier],
    };
    const list = happenings([payment], [spent, note(1n, 5n, 20n), note(2n, 5n, 12n), note(3n, 5n, 60n)], [], 0);
    expect(list.map((one) => one.id)).toEqual(['a', 'note-3', 'note-0']);
  });

  it('is that of one profile', () => {
    expect(happenings([entry('a', { kind: 'stake', amount: 1n }, 3n)], [note(1n, 2n)], [], 1)).toEqual([]);
  });
});
