// The wallet module (WASM) behind its published interface, wallet-core 1.6: keys, notes and transactions. Every call
// takes the seed and leaves nothing of it behind. The module of a released node and ours answer alike; ours also
// proves (prover.ts).
import { archivedVector } from './archive_form';
import { readU32, readU64 } from './bytes';
import { text, WalletCoreError } from './module_calls';
import { WalletTransactions } from './wallet_transactions';

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

// What a wallet file holds. Some have no phrase: their seed is all there is.
export interface FileSecret {
  seed: Uint8Array; // 64 bytes
  phrase: string; // empty: none
  profiles: number; // 1 to 255
}

// Of Argon2id; half the memory that `dusk wallet` takes, which phones have too.
const FILE_PASSES = 3;
const FILE_MEMORY_MIB = 128;

export class WalletCore extends WalletTransactions {
  readonly keySize: number;
  readonly leafSize: number;
  readonly minimumStake: bigint;

  constructor(instance: WebAssembly.Instance) {
    super(instance);
    const view = new DataView(this.exports.memory.buffer);
    const address = (name: string) => (instance.exports[name] as WebAssembly.Global).value as number;
    this.keySize = view.getUint32(address('KEY_SIZE'), true);
    this.leafSize = view.getUint32(address('ITEM_SIZE'), true);
    this.minimumStake = view.getBigUint64(address('MINIMUM_STAKE'), true);
    if (this.keySize !== 32 || this.leafSize < 40 || this.leafSize > 65536) {
      throw new WalletCoreError('missing', 'KEY_SIZE');
    }
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
  noteValue(seed: Uint8Array, index: number, leaf: Uint8Array): bigint {
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

  // A BLS signature of the account over a message. Released modules do not have it ('missing').
  signMessage(seed: Uint8Array, index: number, message: Uint8Array): { signature: Uint8Array; account: Uint8Array } {
    return this.within((arena) => {
      const signature = arena.room(48);
      const account = arena.room(96);
      this.call('sign_message', arena.put(seed), index, arena.putBuffer(message), signature, account);
      return { signature: arena.read(signature, 48), account: arena.read(account, 96) };
    });
  }

  // ---- wallet files; released modules do not have them ('missing')

  // The file of `dusk wallet`, under Argon2id.
  sealFile(wallet: FileSecret, password: string): Uint8Array {
    return this.within((arena) => {
      const out = arena.room(4);
      this.call(
        'keystore_seal',
        arena.put(wallet.seed),
        wallet.phrase ? arena.putBuffer(bytesOf(wallet.phrase)) : 0,
        wallet.profiles,
        arena.putBuffer(bytesOf(password)),
        FILE_PASSES,
        FILE_MEMORY_MIB,
        arena.put(crypto.getRandomValues(new Uint8Array(32))),
        out,
      );
      return arena.takeBuffer(out);
    });
  }

  // That file, and wallet.dat of every released form. 'refused' says why not.
  openFile(file: Uint8Array, password: string): FileSecret {
    return this.within((arena) => {
      const [seed, profiles, phrase] = [arena.room(64), arena.room(1), arena.room(4)];
      this.call('keystore_open', arena.putBuffer(file), arena.putBuffer(bytesOf(password)), seed, profiles, phrase);
      return { seed: arena.read(seed, 64), profiles: arena.read(profiles, 1)[0]!, phrase: text(arena.takeBuffer(phrase)) };
    });
  }
}

function bytesOf(words: string): Uint8Array {
  return new TextEncoder().encode(words);
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
