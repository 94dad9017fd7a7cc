// The wallet module (WASM) behind its published interface, wallet-core 1.6: keys, notes and transactions. Every call
// takes the seed and leaves nothing of it behind. The module of a released node and ours answer alike; ours also
// proves (prover.ts).
import { concat, readU32, readU64 } from './bytes';
import { Arena, type ModuleMemory } from './arena';

type Call = (...args: number[]) => number;

export type WalletCoreReason =
  'archiving' | 'unarchiving' | 'deserialization' | 'phoenix' | 'moonlight' | 'contract_call' | 'crashed' | 'missing';

const REASONS: Record<number, WalletCoreReason> = {
  255: 'archiving',
  254: 'unarchiving',
  253: 'deserialization',
  252: 'phoenix',
  251: 'moonlight',
  250: 'contract_call',
};

export class WalletCoreError extends Error {
  override readonly name = 'WalletCoreError';
  constructor(
    readonly reason: WalletCoreReason,
    readonly call: string,
  ) {
    super(`${call}: ${reason}`);
  }
}

export interface Profile {
  address: Uint8Array; // shielded, 64 bytes
  account: Uint8Array; // public, 96 bytes
}

// A note as the node feeds it: its height and itself, in the archive form.
export interface OwnedNote {
  index: number; // of the profile
  nullifier: Uint8Array; // 32 bytes in the form contracts use (not the canonical one)
  leaf: Uint8Array;
}

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

export class WalletCore {
  readonly keySize: number;
  readonly leafSize: number;
  readonly minimumStake: bigint;
  private readonly exports: Record<string, unknown> & ModuleMemory;

  constructor(instance: WebAssembly.Instance) {
    this.exports = instance.exports as Record<string, unknown> & ModuleMemory;
    const view = new DataView(this.exports.memory.buffer);
    const address = (name: string) => (instance.exports[name] as WebAssembly.Global).value as number;
    this.keySize = view.getUint32(address('KEY_SIZE'), true);
    this.leafSize = view.getUint32(address('ITEM_SIZE'), true);
    this.minimumStake = view.getBigUint64(address('MINIMUM_STAKE'), true);
    if (this.keySize !== 32 || this.leafSize < 40 || this.leafSize > 65536) {
      throw new WalletCoreError('missing', 'KEY_SIZE');
    }
  }

  has(name: string): boolean {
    return typeof this.exports[name] === 'function';
  }

  profile(seed: Uint8Array, index: number): Profile {
    return this.within((arena) => {
      const out = arena.room(160);
      this.call('generate_profile', arena.put(seed), index, out);
      const bytes = arena.read(out, 160);
      return { address: bytes.slice(0, 64), account: bytes.slice(64) };
    });
  }

  // Which of the leaves (a multiple of leafSize bytes) belong to which profile.
  owned(seed: Uint8Array, indexes: number[], leaves: Uint8Array): OwnedNote[] {
    if (leaves.length === 0 || indexes.length === 0) return [];
    return this.within((arena) => {
      const notes: Uint8Array[] = [];
      for (let at = 0; at < leaves.length; at += this.leafSize) notes.push(leaves.subarray(at, at + this.leafSize));
      const out = arena.room(4);
      this.call(
        'map_owned',
        arena.put(seed),
        arena.put(Uint8Array.of(indexes.length, ...indexes)),
        arena.putBuffer(archivedVector(notes)),
        out,
        arena.room(16),
      );
      return this.readOwned(arena.takeBuffer(out), indexes);
    });
  }

  // Entries of all profiles one after the other, then for each profile how many are its own, then their number.
  private readOwned(bytes: Uint8Array, indexes: number[]): OwnedNote[] {
    const entry = this.keySize + this.leafSize;
    const owned: OwnedNote[] = [];
    const heads = bytes.length - 8 - 8 * indexes.length;
    let at = 0;
    for (const [i, index] of indexes.entries()) {
      const count = readU32(bytes, heads + 8 * i + 4);
      for (let n = 0; n < count; n++, at += entry) {
        owned.push({
          index,
          nullifier: bytes.slice(at, at + this.keySize),
          leaf: bytes.slice(at + this.keySize, at + entry),
        });
      }
    }
    return owned;
  }

  // What one note is worth to its owner.
  valueOf(seed: Uint8Array, index: number, leaf: Uint8Array): bigint {
    return this.within((arena) => {
      const out = arena.room(16);
      this.call('balance', arena.put(seed), index, arena.putBuffer(archivedVector([leaf])), out);
      return readU64(arena.read(out, 16));
    });
  }

  // Places of notes in the tree.
  positions(leaves: Uint8Array[]): bigint[] {
    if (leaves.length === 0) return [];
    return this.within((arena) => {
      const out = arena.room(4);
      this.call('bookmarks', arena.putBuffer(archivedVector(leaves)), out);
      const bytes = arena.takeBytes(out, 8 * leaves.length);
      return leaves.map((_, i) => readU64(bytes, 8 * i));
    });
  }

  // An account in the form contracts take. An error ('deserialization') where the bytes are no account.
  rawAccount(account: Uint8Array): Uint8Array {
    return this.within((arena) => {
      const out = arena.room(4);
      this.call('accounts_into_raw', arena.putBuffer(account), out);
      return arena.takeBuffer(out);
    });
  }

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

  // A BLS signature of the account over a message. Released modules do not have it ('missing').
  signMessage(seed: Uint8Array, index: number, message: Uint8Array): { signature: Uint8Array; account: Uint8Array } {
    return this.within((arena) => {
      const signature = arena.room(48);
      const account = arena.room(96);
      this.call('sign_message', arena.put(seed), index, arena.putBuffer(message), signature, account);
      return { signature: arena.read(signature, 48), account: arena.read(account, 96) };
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

  within<T>(work: (arena: Arena) => T): T {
    const arena = new Arena(this.exports);
    try {
      return work(arena);
    } finally {
      try {
        arena.release();
      } catch {
        // A module that crashed: nothing is to be given back.
      }
    }
  }

  call(name: string, ...args: number[]): void {
    const call = this.exports[name];
    if (typeof call !== 'function') throw new WalletCoreError('missing', name);
    let status: number;
    try {
      status = (call as Call)(...args) & 255;
    } catch {
      throw new WalletCoreError('crashed', name);
    }
    if (status !== 0) throw new WalletCoreError(REASONS[status] ?? 'crashed', name);
  }
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

export async function loadWalletCore(source: BufferSource): Promise<WalletCore> {
  const module = await WebAssembly.compile(source);
  const instance = await WebAssembly.instantiate(module, importsOf(module));
  // Ours is to be started once; released ones have nothing to start.
  if (typeof instance.exports._initialize === 'function') instance.exports._initialize();
  return new WalletCore(instance);
}

// The module needs nothing from outside. One that asks for something is not what we know.
function importsOf(module: WebAssembly.Module): WebAssembly.Imports {
  const imports = WebAssembly.Module.imports(module);
  if (imports.length > 0) throw new WalletCoreError('missing', `${imports[0]?.module}.${imports[0]?.name}`);
  return {};
}
