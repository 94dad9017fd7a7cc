// The one place where keys are: the wallet module and the unlocked secret. In the page it runs in a worker
// (engine.worker.ts), so that the rest of the page never holds a seed.
import { toBase58 } from '../../codecs/base58';
import { NodeClient } from './node';
import { newPhrase, entropyToPhrase, entropyToSeed, phraseToEntropy } from './phrase';
import { readU64 } from './bytes';
import { open, seal, SEED_SIZE, StateCipher, VaultFailure, type SealedSecret } from './vault';
import { loadWalletCore, type WalletCore } from './wallet_core';
import type { Fee, SignedTx, TxData, UnprovenTx } from './wallet_transactions';
import type { Note } from './notes';

export interface ModuleInfo {
  proves: boolean; // it can make proofs in the page
  signs: boolean; // it can sign messages
  opensFiles: boolean; // and make wallet files
}

export interface ProfileTexts {
  address: string; // shielded
  account: string; // public
}

export type Plan =
  | ({ do: 'moonlight'; receiver?: Uint8Array; value: bigint; deposit: bigint; data?: TxData } & Fee)
  | ({ do: 'shield' | 'stake' | 'unstake' | 'claim'; value: bigint } & Fee)
  | ({ do: 'phoenix'; receiver: Uint8Array; value: bigint; deposit: bigint; data?: TxData } & Fee)
  | ({ do: 'unshield'; value: bigint } & Fee);

export interface ScanProgress {
  read: number; // leaves
  of: number;
  notes: Note[]; // found since the last report
  upTo: { next: bigint; height: bigint }; // the first position that was not read, and the height of the last leaf
}

// Where an archived leaf has the height of its block, behind the note.
const LEAF_HEIGHT_AT = 728;

// Leaves that one call of the module takes.
const BATCH = 128;

export class Engine {
  private core: WalletCore | null = null;
  private seed: Uint8Array | null = null;

  async load(source: BufferSource): Promise<ModuleInfo> {
    this.core = await loadWalletCore(source);
    return { proves: this.core.has('proof_begin'), signs: this.core.has('sign_message'), opensFiles: this.core.has('keystore_open') };
  }

  minimumStake(): bigint {
    return this.module().minimumStake;
  }

  newPhrase(): string {
    return newPhrase();
  }

  // A record to keep, from a phrase that was checked. Stays locked.
  async create(phrase: string, password: string): Promise<SealedSecret> {
    const entropy = phraseToEntropy(phrase);
    if (!(entropy instanceof Uint8Array)) throw new Error('not a recovery phrase');
    return seal({ entropy, stateKey: crypto.getRandomValues(new Uint8Array(32)) }, password);
  }

  // What is in a wallet file, for who knows its password.
  lookIntoFile(file: Uint8Array, filePassword: string): { profiles: number; hasPhrase: boolean } {
    const { seed, phrase, profiles } = this.module().openFile(file, filePassword);
    seed.fill(0);
    return { profiles, hasPhrase: phrase !== '' };
  }

  // A record to keep, from a wallet file.
  async createFromFile(file: Uint8Array, filePassword: string, password: string): Promise<SealedSecret> {
    const { seed, phrase } = this.module().openFile(file, filePassword);
    if (phrase) {
      seed.fill(0);
      return this.create(phrase, password);
    }
    const sealed = await seal({ entropy: seed, stateKey: crypto.getRandomValues(new Uint8Array(32)) }, password);
    seed.fill(0);
    return sealed;
  }

  // A wallet file under the same password.
  async exportFile(record: SealedSecret, password: string, profiles: number): Promise<Uint8Array> {
    const secret = await open(record, password);
    const seed = await seedOf(secret.entropy);
    const phrase = secret.entropy.length === SEED_SIZE ? '' : entropyToPhrase(secret.entropy);
    try {
      return this.module().sealFile({ seed, phrase, profiles }, password);
    } finally {
      seed.fill(0);
      secret.entropy.fill(0);
      secret.stateKey.fill(0);
    }
  }

  // From here on the seed is in memory, until lock(). What it gives back opens the private state.
  async unlock(record: SealedSecret, password: string): Promise<StateCipher> {
    const secret = await open(record, password);
    const cipher = await StateCipher.of(secret.stateKey);
    this.lock();
    this.seed = await seedOf(secret.entropy);
    secret.entropy.fill(0);
    secret.stateKey.fill(0);
    return cipher;
  }

  async changePassword(record: SealedSecret, password: string, next: string): Promise<SealedSecret> {
    const secret = await open(record, password);
    const sealed = await seal(secret, next);
    secret.entropy.fill(0);
    secret.stateKey.fill(0);
    return sealed;
  }

  // The words, for who knows the password.
  async reveal(record: SealedSecret, password: string): Promise<string> {
    const secret = await open(record, password);
    const phrase = secret.entropy.length === SEED_SIZE ? null : entropyToPhrase(secret.entropy);
    secret.entropy.fill(0);
    secret.stateKey.fill(0);
    if (phrase === null) throw new VaultFailure('no_phrase');
    return phrase;
  }

  lock(): void {
    this.seed?.fill(0);
    this.seed = null;
  }

  profiles(count: number): ProfileTexts[] {
    return Array.from({ length: count }, (_, index) => {
      const profile = this.module().profile(this.unlocked(), index);
      return { address: toBase58(profile.address), account: toBase58(profile.account) };
    });
  }

  // Reads leaves from that position to the end of the chain, and reports as it goes. Rejects with the signal's reason.
  async scan(
    node: NodeClient,
    from: bigint,
    profiles: number[],
    report: (progress: ScanProgress) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    const core = this.module();
    const total = await node.noteCount();
    if (from >= total) return;
    const size = core.leafSize;
    const reader = (await node.leavesFrom(from, signal)).getReader();
    let rest = new Uint8Array();
    let read = 0;
    const take = (bytes: Uint8Array) => {
      read += bytes.length / size;
      report({ read, of: Math.max(read, Number(total - from)), notes: this.find(profiles, bytes), upTo: this.endOf(bytes, size) });
    };
    for (;;) {
      const { done, value } = await reader.read();
      if (signal?.aborted) throw signal.reason;
      const bytes = value ? join(rest, value) : rest;
      const whole = Math.floor(bytes.length / size);
      let at = 0;
      for (; whole - at >= BATCH || (done && at < whole);) {
        const count = Math.min(BATCH, whole - at);
        take(bytes.subarray(at * size, (at + count) * size));
        at += count;
        // The thread is given away, so that a lock or an abort is heard.
        await new Promise((resolve) => setTimeout(resolve, 0));
        signal?.throwIfAborted();
      }
      rest = bytes.slice(at * size);
      if (done) return;
    }
  }

  // The position of the first leaf of blocks above that height.
  async positionAbove(node: NodeClient, height: bigint): Promise<bigint> {
    const size = this.module().leafSize;
    const reader = (await node.leavesOfHeight(height + 1n)).getReader();
    let bytes = new Uint8Array();
    while (bytes.length < size) {
      const { done, value } = await reader.read();
      if (done) return node.noteCount();
      bytes = join(bytes, value);
    }
    await reader.cancel();
    return this.module().positions([bytes.slice(0, size)])[0] ?? 0n;
  }

  private find(profiles: number[], leaves: Uint8Array): Note[] {
    const core = this.module();
    const seed = this.unlocked();
    const owned = core.owned(seed, profiles, leaves);
    const positions = core.positions(owned.map((note) => note.leaf));
    return owned.map((note, i) => ({
      profile: note.index,
      position: positions[i] ?? 0n,
      height: readU64(note.leaf, LEAF_HEIGHT_AT),
      value: core.noteValue(seed, note.index, note.leaf),
      nullifier: note.nullifier,
      leaf: note.leaf,
      spent: false,
    }));
  }

  private endOf(leaves: Uint8Array, size: number): { next: bigint; height: bigint } {
    const last = leaves.slice(leaves.length - size);
    return { next: (this.module().positions([last])[0] ?? 0n) + 1n, height: readU64(last, LEAF_HEIGHT_AT) };
  }

  // A public transaction, signed.
  sign(
    profile: number,
    plan: Extract<Plan, { do: 'moonlight' | 'shield' | 'stake' | 'unstake' | 'claim' }>,
    nonce: bigint,
    chainId: number,
  ): SignedTx {
    const core = this.module();
    const seed = this.unlocked();
    const more = { nonce, chainId, rng: crypto.getRandomValues(new Uint8Array(32)) };
    switch (plan.do) {
      case 'moonlight':
        return core.moonlight(seed, profile, { ...plan, ...more });
      case 'shield':
        return core.shield(seed, profile, { ...plan, ...more });
      case 'stake':
        return core.stake(seed, profile, { ...plan, ...more });
      case 'unstake':
        return core.unstake(seed, profile, { ...plan, ...more });
      case 'claim':
        return core.claimReward(seed, profile, { ...plan, ...more });
    }
  }

  // A shielded transaction without its proof, and what a prover needs to make it.
  prepare(
    profile: number,
    plan: Extract<Plan, { do: 'phoenix' | 'unshield' }>,
    spend: { notes: Note[]; openings: Uint8Array[]; root: Uint8Array },
    chainId: number,
  ): UnprovenTx {
    const core = this.module();
    const inputs = { leaves: spend.notes.map((note) => note.leaf), openings: spend.openings, root: spend.root };
    const more = { inputs, chainId, rng: crypto.getRandomValues(new Uint8Array(32)) };
    return plan.do === 'phoenix'
      ? core.phoenix(this.unlocked(), profile, { ...plan, ...more })
      : core.unshield(this.unlocked(), profile, { ...plan, ...more, nullifiers: spend.notes.map((note) => note.nullifier) });
  }

  finish(tx: Uint8Array, proof: Uint8Array): SignedTx {
    return this.module().intoProven(tx, proof);
  }

  // Whether the bytes are a public key that the network takes (addresses have no checksum).
  isAccount(account: Uint8Array): boolean {
    try {
      this.module().rawAccount(account);
      return true;
    } catch {
      return false;
    }
  }

  // A signature of the profile's account over a message of a page: see dapp.ts for what is signed.
  signMessage(profile: number, message: Uint8Array): { signature: Uint8Array; account: Uint8Array } {
    return this.module().signMessage(this.unlocked(), profile, message);
  }

  private module(): WalletCore {
    if (!this.core) throw new Error('the wallet module is not loaded');
    return this.core;
  }

  private unlocked(): Uint8Array {
    if (!this.seed) throw new EngineLocked();
    return this.seed;
  }
}

export class EngineLocked extends Error {
  override readonly name = 'EngineLocked';
  constructor() {
    super('the wallet is locked');
  }
}

export { VaultFailure };

// A copy, whichever of the two was kept.
async function seedOf(entropyOrSeed: Uint8Array): Promise<Uint8Array> {
  return entropyOrSeed.length === SEED_SIZE ? entropyOrSeed.slice() : entropyToSeed(entropyOrSeed);
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}
