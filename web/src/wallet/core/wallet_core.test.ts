import { beforeAll, describe, expect, it } from 'vitest';
import { toBase58 } from '../../codecs/base58';
import { fromHex, toHex } from '../../codecs/hex';
import { concat } from './bytes';
import { archivedVector, itemsOfArchivedVector } from './archive_form';
import { WalletCoreError } from './module_calls';
import { loadWalletCore, WalletCore } from './wallet_core';
import { vectors } from '../../codecs/vectors';
import { walletModules } from './wallet_modules';

interface KeyVectors {
  keys: { seed: string; profiles: { index: number; account: string; address: string; bls_pk: string; bls_pk_rkyv: string }[] }[];
}
interface NoteVectors {
  notes: { seed: string; leaf_size: number; leaves: string[]; owned: { nullifier_rkyv: string; pos: number; value: string | null }[][] }[];
}
interface TxVectors {
  wallet_txs: { transactions: { op: string; id: string; network_bytes: string; args: Record<string, string & number> }[] };
}

const bytes = (hex: string) => fromHex(hex)!;

describe.each(walletModules())('the wallet module $name', ({ bytes: source }) => {
  let core: WalletCore;
  beforeAll(async () => {
    core = await loadWalletCore(source);
  });

  it('knows its sizes', () => {
    expect(core.keySize).toBe(32);
    expect(core.leafSize).toBe(736);
    expect(core.minimumStake).toBe(10n ** 12n);
  });

  it('derives profiles', () => {
    for (const { seed, profiles } of (vectors('keys') as KeyVectors).keys) {
      for (const { index, account, address, bls_pk, bls_pk_rkyv } of profiles) {
        const profile = core.profile(bytes(seed), index);
        expect(toBase58(profile.account)).toBe(account);
        expect(toBase58(profile.address)).toBe(address);
        expect(toHex(core.rawAccount(bytes(bls_pk))).slice(0, 386)).toBe(bls_pk_rkyv.slice(0, 386));
      }
    }
  });

  it('refuses bytes that are no account', () => {
    expect(() => core.rawAccount(new Uint8Array(96).fill(3))).toThrow(WalletCoreError);
  });

  it('finds the notes of each profile', () => {
    for (const { seed, leaves, owned } of (vectors('notes') as NoteVectors).notes) {
      const found = core.owned(
        bytes(seed),
        owned.map((_, i) => i),
        concat(...leaves.map(bytes)),
      );
      const positions = core.positions(found.map((note) => note.leaf));
      const seen = found.map((note, i) => ({
        index: note.index,
        nullifier_rkyv: toHex(note.nullifier),
        pos: Number(positions[i]),
        value: core.noteValue(bytes(seed), note.index, note.leaf).toString(),
      }));
      const expected = owned.flatMap((notes, index) =>
        notes.map(({ nullifier_rkyv, pos, value }) => ({ index, nullifier_rkyv, pos, value: value ?? expect.any(String) })),
      );
      expect(seen).toEqual(expected);
    }
  });

  it('makes the transactions of the official wallet, byte by byte', () => {
    let made = 0;
    for (const { op, id, network_bytes, args } of (vectors('wallet_txs') as TxVectors).wallet_txs.transactions) {
      const seed = bytes(args.seed!);
      const fee = { gasLimit: BigInt(args.gas_limit!), gasPrice: BigInt(args.gas_price!) };
      const common = { nonce: BigInt(args.nonce!), chainId: args.chain_id!, ...fee };
      const value = BigInt(args.value ?? '0');
      const rng = bytes(args.rng_seed ?? '');
      const receiver = args.receiver_profile === undefined ? undefined : core.profile(seed, args.receiver_profile).account;
      const build = () => {
        switch (op) {
          case 'transfer':
            return core.moonlight(seed, args.profile!, { receiver: receiver!, value, deposit: 0n, ...common });
          case 'transfer_memo':
            return core.moonlight(seed, args.profile!, {
              receiver: receiver!,
              value,
              deposit: 0n,
              data: { memo: bytes(args.memo!) },
              ...common,
            });
          case 'call':
            return core.moonlight(seed, args.profile!, {
              value: 0n,
              deposit: BigInt(args.deposit!),
              data: { contract: bytes(args.contract!), fn: args.fn!, args: bytes(args.args!) },
              ...common,
            });
          case 'stake':
            return core.stake(seed, args.profile!, { value, rng: new Uint8Array(32), ...common });
          case 'unstake':
            return core.unstake(seed, args.profile!, { value, rng, ...common });
          case 'claim_rewards':
            return core.claimReward(seed, args.profile!, { value, rng, ...common });
          case 'shield':
            return core.shield(seed, args.profile!, { value, rng, ...common });
          default:
            return null;
        }
      };
      const tx = build();
      if (!tx) continue;
      made++;
      expect(tx.id, op).toBe(id);
      expect(toHex(tx.bytes), op).toBe(network_bytes);
    }
    expect(made).toBe(7);
  });

  it('leaves no seed in its memory', () => {
    const seed = crypto.getRandomValues(new Uint8Array(64));
    core.profile(seed, 1);
    core.moonlight(seed, 0, {
      receiver: core.profile(seed, 1).account,
      value: 1n,
      deposit: 0n,
      nonce: 1n,
      chainId: 1,
      gasLimit: 1n,
      gasPrice: 1n,
    });
    const memory = Buffer.from((core as unknown as { exports: { memory: WebAssembly.Memory } }).exports.memory.buffer);
    expect(memory.indexOf(Buffer.from(seed))).toBe(-1);
  });

  it('gives all its memory back', () => {
    const seed = new Uint8Array(64).fill(1);
    const { memory } = (core as unknown as { exports: { memory: WebAssembly.Memory } }).exports;
    core.owned(seed, [0, 1], new Uint8Array(0));
    const leaves = concat(...(vectors('notes') as NoteVectors).notes.flatMap((entry) => entry.leaves.map(bytes)));
    for (let i = 0; i < 2; i++) core.owned(seed, [0, 1], leaves);
    const before = memory.buffer.byteLength;
    for (let i = 0; i < 8; i++) core.owned(seed, [0, 1], leaves);
    expect(memory.buffer.byteLength).toBe(before);
  }, 60_000);
});

describe('archived vectors', () => {
  it('are read as they were written', () => {
    const items = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
    expect(itemsOfArchivedVector(archivedVector(items), 32)).toEqual(items);
    expect(itemsOfArchivedVector(archivedVector([]), 32)).toEqual([]);
  });

  it('that are none are refused', () => {
    expect(itemsOfArchivedVector(new Uint8Array(7), 32)).toBeNull();
    expect(itemsOfArchivedVector(new Uint8Array(40).fill(255), 32)).toBeNull();
    expect(itemsOfArchivedVector(Uint8Array.of(0, 0, 0, 0, 255, 255, 255, 0), 32)).toBeNull();
  });
});
