// Transactions that a wallet module makes.
import { archivedVector } from './archive_form';
import type { Arena } from './arena';
import { ModuleCalls, text } from './module_calls';

export interface Fee {
  gasLimit: bigint;
  gasPrice: bigint;
}

// What a transaction carries: a memo or the call of a contract.
export type TxData = { memo: Uint8Array } | { contract: Uint8Array; fn: string; args: Uint8Array };

export interface SignedTx {
  bytes: Uint8Array; // as the network takes it
  id: string;
}

export interface UnprovenTx {
  tx: Uint8Array;
  circuit: Uint8Array; // what a prover takes
}

export interface Inputs {
  leaves: Uint8Array[]; // 1 to 4
  openings: Uint8Array[]; // answers of the transfer contract's `opening`
  root: Uint8Array; // 32 bytes, answer of `root`
}

export class WalletTransactions extends ModuleCalls {
  private data(arena: Arena, data: TxData | undefined): number {
    if (!data) return 0;
    const out = arena.room(4);
    if ('memo' in data) {
      this.call('create_tx_data', 0, 0, 0, 0, arena.room(32), arena.putU32(data.memo.length), arena.put(data.memo), out);
    } else {
      const name = new TextEncoder().encode(data.fn);
      this.call(
        'create_tx_data',
        arena.putU32(name.length),
        arena.put(name),
        arena.putU32(data.args.length),
        arena.put(data.args),
        arena.put(data.contract),
        0,
        0,
        out,
      );
    }
    return arena.putBuffer(arena.takeBuffer(out));
  }

  // Paid by the account. `nonce` is that of the transaction: one more than the account's.
  moonlight(
    seed: Uint8Array,
    index: number,
    what: { receiver?: Uint8Array; value: bigint; deposit: bigint; nonce: bigint; chainId: number; data?: TxData } & Fee,
  ): SignedTx {
    return this.within((arena) =>
      this.signed(arena, (tx, hash) =>
        this.call(
          'moonlight',
          arena.put(seed),
          index,
          what.receiver ? arena.put(what.receiver) : 0,
          arena.putU64(what.value),
          arena.putU64(what.deposit),
          arena.putU64(what.gasLimit),
          arena.putU64(what.gasPrice),
          arena.putU64(what.nonce),
          what.chainId,
          this.data(arena, what.data),
          tx,
          hash,
        ),
      ),
    );
  }

  // From the account to a note of the same profile.
  shield(seed: Uint8Array, index: number, what: { value: bigint; nonce: bigint; chainId: number; rng: Uint8Array } & Fee): SignedTx {
    return this.accountAction('moonlight_to_phoenix', true, seed, index, what);
  }

  stake(seed: Uint8Array, index: number, what: { value: bigint; nonce: bigint; chainId: number; rng: Uint8Array } & Fee): SignedTx {
    return this.accountAction('moonlight_stake', false, seed, index, what);
  }

  unstake(seed: Uint8Array, index: number, what: { value: bigint; nonce: bigint; chainId: number; rng: Uint8Array } & Fee): SignedTx {
    return this.accountAction('moonlight_unstake', true, seed, index, what);
  }

  claimReward(seed: Uint8Array, index: number, what: { value: bigint; nonce: bigint; chainId: number; rng: Uint8Array } & Fee): SignedTx {
    return this.accountAction('moonlight_stake_reward', true, seed, index, what);
  }

  private accountAction(
    name: string,
    isRandom: boolean,
    seed: Uint8Array,
    index: number,
    what: { value: bigint; nonce: bigint; chainId: number; rng: Uint8Array } & Fee,
  ): SignedTx {
    return this.within((arena) =>
      this.signed(arena, (tx, hash) =>
        this.call(
          name,
          ...(isRandom ? [arena.put(what.rng)] : []),
          arena.put(seed),
          index,
          arena.putU64(what.value),
          arena.putU64(what.gasLimit),
          arena.putU64(what.gasPrice),
          arena.putU64(what.nonce),
          what.chainId,
          tx,
          hash,
        ),
      ),
    );
  }

  // Paid by notes; the change comes back to the profile.
  phoenix(
    seed: Uint8Array,
    index: number,
    what: {
      receiver: Uint8Array;
      inputs: Inputs;
      value: bigint;
      deposit: bigint;
      chainId: number;
      data?: TxData;
      rng: Uint8Array;
    } & Fee,
  ): UnprovenTx {
    return this.within((arena) =>
      this.unproven(arena, (tx, circuit) =>
        this.call(
          'phoenix',
          arena.put(what.rng),
          arena.put(seed),
          index,
          arena.put(what.receiver),
          arena.putBuffer(archivedVector(what.inputs.leaves)),
          arena.putBuffer(archivedVector(what.inputs.openings)),
          arena.put(what.inputs.root),
          arena.putU64(what.value),
          what.value === 0n ? 0 : 1,
          arena.putU64(what.deposit),
          arena.putU64(what.gasLimit),
          arena.putU64(what.gasPrice),
          what.chainId,
          this.data(arena, what.data),
          tx,
          circuit,
        ),
      ),
    );
  }

  // From notes to the account of the same profile.
  unshield(
    seed: Uint8Array,
    index: number,
    what: { inputs: Inputs; nullifiers: Uint8Array[]; value: bigint; chainId: number; rng: Uint8Array } & Fee,
  ): UnprovenTx {
    return this.within((arena) =>
      this.unproven(arena, (tx, circuit) =>
        this.call(
          'phoenix_to_moonlight',
          arena.put(what.rng),
          arena.put(seed),
          index,
          arena.putBuffer(archivedVector(what.inputs.leaves)),
          arena.putBuffer(archivedVector(what.inputs.openings)),
          arena.putBuffer(archivedVector(what.nullifiers)),
          arena.put(what.inputs.root),
          arena.putU64(what.value),
          arena.putU64(what.gasLimit),
          arena.putU64(what.gasPrice),
          what.chainId,
          tx,
          circuit,
        ),
      ),
    );
  }

  intoProven(tx: Uint8Array, proof: Uint8Array): SignedTx {
    return this.within((arena) => {
      const out = arena.room(4);
      const hash = arena.room(64);
      this.call('into_proven', arena.putBuffer(tx), arena.putBuffer(proof), out, hash);
      return { bytes: arena.takeBuffer(out), id: text(arena.read(hash, 64)) };
    });
  }

  private signed(arena: Arena, build: (tx: number, hash: number) => void): SignedTx {
    const tx = arena.room(4);
    const hash = arena.room(64);
    build(tx, hash);
    return { bytes: arena.takeBuffer(tx), id: text(arena.read(hash, 64)) };
  }

  private unproven(arena: Arena, build: (tx: number, circuit: number) => void): UnprovenTx {
    const tx = arena.room(4);
    const circuit = arena.room(4);
    build(tx, circuit);
    return { tx: arena.takeBuffer(tx), circuit: arena.takeBuffer(circuit) };
  }
}
