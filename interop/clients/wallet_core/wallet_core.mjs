// The official wallet-core WASM behind plain functions (its interface: spec/interfaces.md §10.1). Amounts are BigInt, in
// lux; bytes are Uint8Array.
const STATUS = {
  255: "archiving", 254: "unarchiving", 253: "deserialization", 252: "phoenix transaction", 251: "moonlight transaction",
  250: "contract call",
};

const ACCOUNT = 96;

export function join(items) {
  const out = new Uint8Array(items.reduce((sum, item) => sum + item.length, 0));
  let at = 0;
  for (const item of items) {
    out.set(item, at);
    at += item.length;
  }
  return out;
}

/** A vector of archived values of one size: the values, where they begin relative to here, and how many. */
export function archivedList(items) {
  const values = join(items), head = new Uint8Array(8);
  new DataView(head.buffer).setInt32(0, -values.length, true);
  new DataView(head.buffer).setUint32(4, items.length, true);
  return join([values, head]);
}

export function split(bytes, size) {
  return Array.from({ length: bytes.length / size }, (_, i) => bytes.slice(i * size, (i + 1) * size));
}

export class WalletCore {
  #exports;

  constructor(exports) {
    this.#exports = exports;
    this.keySize = this.#constant("KEY_SIZE").getUint32(0, true);
    this.leafSize = this.#constant("ITEM_SIZE").getUint32(0, true);
    this.minimumStake = this.#constant("MINIMUM_STAKE").getBigUint64(0, true);
  }

  static async load(wasm) {
    const { instance } = await WebAssembly.instantiate(wasm, {});
    return new WalletCore(instance.exports);
  }

  has(name) {
    return name in this.#exports;
  }

  #constant(name) {
    return new DataView(this.#exports.memory.buffer, this.#exports[name].value);
  }

  #room(size) {
    return this.#exports.malloc(size);
  }

  #put(bytes) {
    const at = this.#room(bytes.length);
    new Uint8Array(this.#exports.memory.buffer, at, bytes.length).set(bytes);
    return at;
  }

  #number(value, size = 8) {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true);
    return this.#put(bytes.subarray(0, size));
  }

  /** Bytes with their length before them. */
  #buffer(bytes) {
    const at = this.#room(bytes.length + 4);
    new DataView(this.#exports.memory.buffer).setUint32(at, bytes.length, true);
    new Uint8Array(this.#exports.memory.buffer, at + 4, bytes.length).set(bytes);
    return at;
  }

  #bytes(at, size) {
    return new Uint8Array(this.#exports.memory.buffer, at, size).slice();
  }

  #word(at) {
    return new DataView(this.#exports.memory.buffer).getUint32(at, true);
  }

  /** The buffer whose place stands at `at`. */
  #result(at) {
    const buffer = this.#word(at);
    return this.#bytes(buffer + 4, this.#word(buffer));
  }

  #call(name, ...parameters) {
    const status = this.#exports[name](...parameters) & 0xff;
    if (status) throw new Error(`wallet-core ${name}: ${STATUS[status] ?? status}`);
  }

  #withHash(name, ...parameters) {
    const out = this.#room(4), hash = this.#room(64);
    this.#call(name, ...parameters, out, hash);
    return { bytes: this.#result(out), id: new TextDecoder().decode(this.#bytes(hash, 64)) };
  }

  /** {address, account} */
  profile(seed, index) {
    const out = this.#room(64 + ACCOUNT);
    this.#call("generate_profile", this.#put(seed), index, out);
    return { address: this.#bytes(out, 64), account: this.#bytes(out + 64, ACCOUNT) };
  }

  /** The archived keys that contracts take, of accounts of 96 bytes. */
  accountsIntoRaw(accounts) {
    const out = this.#room(4);
    this.#call("accounts_into_raw", this.#buffer(join(accounts)), out);
    const raw = this.#result(out);
    return split(raw, raw.length / accounts.length);
  }

  /** Of each index the [nullifier, leaf] that it owns; and the last height and position that were seen. */
  mapOwned(seed, indexes, leaves) {
    const out = this.#room(4), info = this.#room(16);
    this.#call("map_owned", this.#put(seed), this.#put(Uint8Array.of(indexes.length, ...indexes)),
      this.#buffer(archivedList(split(leaves, this.leafSize))), out, info);
    const result = this.#result(out), view = new DataView(result.buffer);
    const entry = this.keySize + this.leafSize, heads = result.length - 8 * (indexes.length + 1);
    let at = 0;
    const owned = indexes.map((_, i) => {
      const count = view.getUint32(heads + 8 * i + 4, true);
      const entries = split(result.subarray(at, at + count * entry), entry);
      at += count * entry;
      return entries.map((one) => [one.slice(0, this.keySize), one.slice(this.keySize)]);
    });
    const last = new DataView(this.#bytes(info, 16).buffer);
    return { owned, height: last.getBigUint64(0, true), position: last.getBigUint64(8, true) };
  }

  balance(seed, index, leaves) {
    const out = this.#room(16);
    this.#call("balance", this.#put(seed), index, this.#buffer(archivedList(leaves)), out);
    const view = new DataView(this.#bytes(out, 16).buffer);
    return { value: view.getBigUint64(0, true), spendable: view.getBigUint64(8, true) };
  }

  /** Of [nullifier, leaf] those that pay `value`. */
  pickNotes(seed, index, value, notes) {
    const at = this.#buffer(archivedList(notes.map(join)));
    this.#call("pick_notes", this.#put(seed), index, this.#number(value), at);
    const picked = this.#bytes(at + 4, this.#word(at));
    return split(picked.subarray(0, picked.length - 8), this.keySize + this.leafSize)
      .map((one) => [one.slice(0, this.keySize), one.slice(this.keySize)]);
  }

  /** The archived positions of leaves. */
  bookmarks(leaves) {
    const out = this.#room(4);
    this.#call("bookmarks", this.#buffer(archivedList(leaves)), out);
    return split(this.#bytes(this.#word(out), 8 * leaves.length), 8);
  }

  displayScalar(scalar) {
    const out = this.#room(64);
    this.#call("display_scalar", this.#put(scalar), out);
    return new TextDecoder().decode(this.#bytes(out, 64));
  }

  callData(contract, name, parameters) {
    const text = new TextEncoder().encode(name), out = this.#room(4);
    this.#call("create_tx_data", this.#number(text.length, 4), this.#put(text), this.#number(parameters.length, 4),
      this.#put(parameters), this.#put(contract), 0, 0, out);
    return this.#result(out);
  }

  memoData(memo) {
    const out = this.#room(4);
    this.#call("create_tx_data", 0, 0, 0, 0, this.#put(new Uint8Array(32)), this.#number(memo.length, 4), this.#put(memo), out);
    return this.#result(out);
  }

  deployData(bytecode, owner, parameters, nonce) {
    const out = this.#room(4);
    this.#call("create_deploy_tx_data", this.#number(bytecode.length, 4), this.#put(bytecode), this.#number(owner.length, 4),
      this.#put(owner), this.#number(parameters.length, 4), this.#put(parameters), this.#number(nonce), out);
    return this.#result(out);
  }

  contractId(bytecode, owner, nonce) {
    const out = this.#room(32);
    this.#call("contract_id", this.#number(bytecode.length, 4), this.#put(bytecode), this.#number(owner.length, 4),
      this.#put(owner), this.#number(nonce), out);
    return this.#bytes(out, 32);
  }

  /** {bytes, id}. `receiver` and `data` may be left out. */
  moonlight({ seed, index, receiver, value = 0n, deposit = 0n, gas, nonce, chainId, data }) {
    return this.#withHash("moonlight", this.#put(seed), index, receiver ? this.#put(receiver) : 0, this.#number(value),
      this.#number(deposit), this.#number(gas.limit), this.#number(gas.price), this.#number(nonce), chainId,
      data ? this.#buffer(data) : 0);
  }

  shield({ random, seed, index, value, gas, nonce, chainId }) {
    return this.#withHash("moonlight_to_phoenix", this.#put(random), this.#put(seed), index, this.#number(value),
      this.#number(gas.limit), this.#number(gas.price), this.#number(nonce), chainId);
  }

  stake({ seed, index, value, gas, nonce, chainId }) {
    return this.#withHash("moonlight_stake", this.#put(seed), index, this.#number(value), this.#number(gas.limit),
      this.#number(gas.price), this.#number(nonce), chainId);
  }

  /** `name`: moonlight_unstake or moonlight_stake_reward. */
  #takeOut(name, { random, seed, index, value, gas, nonce, chainId }) {
    return this.#withHash(name, this.#put(random), this.#put(seed), index, this.#number(value), this.#number(gas.limit),
      this.#number(gas.price), this.#number(nonce), chainId);
  }

  unstake(what) {
    return this.#takeOut("moonlight_unstake", what);
  }

  claim(what) {
    return this.#takeOut("moonlight_stake_reward", what);
  }

  /** {transaction, request}: without a proof, and what a prover is asked. `openings`: answers of the contract. */
  phoenix({ random, seed, index, receiver, leaves, openings, root, value, obfuscated = true, deposit = 0n, gas, chainId, data }) {
    const transaction = this.#room(4), request = this.#room(4);
    this.#call("phoenix", this.#put(random), this.#put(seed), index, this.#put(receiver), this.#buffer(archivedList(leaves)),
      this.#buffer(archivedList(openings)), this.#put(root), this.#number(value), obfuscated ? 1 : 0, this.#number(deposit),
      this.#number(gas.limit), this.#number(gas.price), chainId, data ? this.#buffer(data) : 0, transaction, request);
    return { transaction: this.#result(transaction), request: this.#result(request) };
  }

  unshield({ random, seed, index, notes, openings, root, value, gas, chainId }) {
    const transaction = this.#room(4), request = this.#room(4);
    this.#call("phoenix_to_moonlight", this.#put(random), this.#put(seed), index,
      this.#buffer(archivedList(notes.map(([, leaf]) => leaf))), this.#buffer(archivedList(openings)),
      this.#buffer(archivedList(notes.map(([key]) => key))), this.#put(root), this.#number(value), this.#number(gas.limit),
      this.#number(gas.price), chainId, transaction, request);
    return { transaction: this.#result(transaction), request: this.#result(request) };
  }

  /** {bytes, id} of a shielded transaction with its proof. */
  intoProven(transaction, proof) {
    return this.#withHash("into_proven", this.#buffer(transaction), this.#buffer(proof));
  }
}
