import { describe, expect, it } from 'vitest';
import {
  applyNews,
  areRivals,
  isOpen,
  newEntry,
  nextNonce,
  pendingPublicCost,
  replacementPrice,
  reservedNotes,
  type ChainNews,
  type Entry,
} from './journal';
import type { SpentTx } from './node';
import { toHex } from '../../codecs/hex';

const T0 = 1_700_000_000_000;

function entry(id: string, nonce: bigint, state: Entry['state'] = 'sent', profile = 0): Entry {
  const fee = { gasLimit: 10n, gasPrice: 3n };
  return { ...newEntry({ kind: 'stake', amount: 100n }, { id, profile, fee, tx: new Uint8Array(), nonce, now: T0 }), state };
}

function shielded(id: string, ...nullifiers: number[]): Entry {
  const fee = { gasLimit: 10n, gasPrice: 3n };
  return newEntry(
    { kind: 'unshield', amount: 100n },
    { id, profile: 0, fee, tx: new Uint8Array(), nullifiers: nullifiers.map((n) => new Uint8Array(32).fill(n)), now: T0 },
  );
}

const spent = (height: bigint, error = ''): SpentTx => ({ height, blockHash: 'b', timestamp: 5, gasSpent: 7n, error });

function news(fields: Partial<ChainNews> = {}): ChainNews {
  return { spent: new Map(), waiting: new Set(), finalHeight: 10n, now: T0 + 60_000, ...fields };
}

describe('the journal', () => {
  it('follows a transaction from the mempool to a final block, and back', () => {
    const [waiting] = applyNews([entry('a', 1n)], news({ waiting: new Set(['a']) }));
    expect(waiting?.state).toBe('sent');
    const [inBlock] = applyNews([waiting!], news({ spent: new Map([['a', spent(12n, 'no')]]) }));
    expect(inBlock).toMatchObject({ state: 'in_block', height: 12n, gasSpent: 7n, error: 'no' });
    const [again] = applyNews([inBlock!], news({ waiting: new Set(['a']) }));
    expect(again).toEqual(entry('a', 1n));
    const [final] = applyNews([inBlock!], news({ spent: new Map([['a', spent(10n)]]) }));
    expect(final?.state).toBe('final');
    expect(isOpen(final!)).toBe(false);
  });

  it('calls lost what no block and no mempool has, but not at once', () => {
    expect(applyNews([entry('a', 1n)], news({ now: T0 + 1000 }))[0]?.state).toBe('sent');
    expect(applyNews([entry('a', 1n)], news())[0]?.state).toBe('lost');
    expect(applyNews([entry('a', 1n, 'lost')], news({ waiting: new Set(['a']) }))[0]?.state).toBe('sent');
  });

  it('knows which rival got into a block', () => {
    const after = applyNews(
      [entry('a', 1n), entry('b', 1n), entry('c', 1n, 'sent', 1), shielded('d', 1, 2), shielded('e', 2, 3), shielded('f', 4)],
      news({
        spent: new Map([
          ['b', spent(9n)],
          ['e', spent(9n)],
        ]),
        waiting: new Set(['a', 'c', 'd', 'f']),
      }),
    );
    expect(after.map((one) => one.state)).toEqual(['replaced', 'final', 'sent', 'replaced', 'final', 'sent']);
  });

  it('counts nonces on, and fills a gap first', () => {
    expect(nextNonce([], 0, 4n, 5n)).toBe(5n);
    expect(nextNonce([entry('a', 5n)], 0, 4n, 5n)).toBe(6n);
    expect(nextNonce([entry('a', 5n), entry('b', 6n)], 0, 4n, 6n)).toBe(7n);
    expect(nextNonce([entry('b', 6n)], 0, 4n, 5n)).toBe(5n);
    expect(nextNonce([entry('a', 5n, 'lost')], 0, 4n, 5n)).toBe(5n);
    expect(nextNonce([entry('a', 5n, 'sent', 1)], 0, 4n, 5n)).toBe(5n);
    expect(nextNonce([entry('a', 3n)], 0, 4n, 0n)).toBe(5n);
  });

  it('reserves notes and money of what is pending', () => {
    expect([...reservedNotes([shielded('d', 1), { ...shielded('e', 2), state: 'final' }])]).toEqual([toHex(new Uint8Array(32).fill(1))]);
    expect(pendingPublicCost([entry('a', 1n), entry('b', 2n, 'final'), entry('c', 3n, 'sent', 1), shielded('d', 1)], 0)).toBe(130n);
  });

  it('offers a tenth more to replace', () => {
    const dear = { ...entry('b', 1n), fee: { gasLimit: 1n, gasPrice: 100n } };
    expect(replacementPrice(entry('a', 1n), [], 1n)).toBe(4n);
    expect(replacementPrice(dear, [dear], 1n)).toBe(111n);
    expect(replacementPrice(entry('a', 1n), [dear], 1n)).toBe(111n);
    expect(replacementPrice(entry('a', 2n), [dear], 1n)).toBe(4n);
    expect(replacementPrice(entry('a', 1n), [{ ...dear, state: 'final' }], 1n)).toBe(4n);
    expect(replacementPrice(entry('a', 1n), [], 50n)).toBe(50n);
  });

  it('counts rivals once', () => {
    const dear = { ...entry('b', 1n), fee: { gasLimit: 10n, gasPrice: 5n } };
    expect(pendingPublicCost([entry('a', 1n), dear, entry('c', 2n)], 0)).toBe(150n + 130n);
    expect(areRivals(shielded('d', 1, 2), shielded('e', 2, 3))).toBe(true);
    expect(areRivals(shielded('d', 1, 2), shielded('e', 3))).toBe(false);
    expect(areRivals(entry('a', 1n), { ...entry('b', 1n), profile: 1 })).toBe(false);
  });
});
