// The exported functions of the WebAssembly module that make proofs (docs/design/wasm.md).

const OK = 0;

interface Exports {
  memory: WebAssembly.Memory;
  malloc(size: number): number;
  free(pointer: number, size: number): void;
  last_error(out: number): number;
  powers_development(first: number, count: number, out: number): number;
  powers_decode(compressed: number, out: number): number;
  powers_set(raw: number): number;
  msm(first: number, count: number, scalars: number, sum: number): number;
  key_begin(inputs: number, rng: number): number;
  key_load(inputs: number, key: number): number;
  key_get(out: number): number;
  proof_begin(request: number, rng: number): number;
  pending_count(): number;
  pending_size(index: number): number;
  pending_scalars(index: number): number;
  pending_commit(index: number, sums: number): number;
  coset_work(out: number): number;
  coset_quotient(work: number, coset: number, out: number): number;
  coset_give(coset: number, coefficients: number): number;
  resume(): number;
  proof_get(out: number): number;
}

/** Bytes of a point as the module writes it, of a compressed one, and of a scalar. */
export const POINT_SIZE = 97;
export const COMPRESSED_SIZE = 48;
export const SCALAR_SIZE = 32;

/** What the module refuses, in its own words. */
export class ProverError extends Error {
  override name = 'ProverError';
}

/** One instance: its own memory, its own powers, one job at a time. Every call takes as long as it takes. */
export class ProverModule {
  readonly #exports: Exports;

  private constructor(instance: WebAssembly.Instance) {
    this.#exports = instance.exports as unknown as Exports;
  }

  static async instantiate(module: WebAssembly.Module): Promise<ProverModule> {
    return new ProverModule(await WebAssembly.instantiate(module, {}));
  }

  /** Powers first … first + count - 1 of the development parameters, 97 bytes each. */
  developmentPowers(first: number, count: number): Uint8Array<ArrayBuffer> {
    return this.#take((out) => this.#exports.powers_development(first, count, out));
  }

  /** Points of 48 bytes, checked, as points of 97. */
  decodePowers(compressed: Uint8Array): Uint8Array<ArrayBuffer> {
    return this.#withBuffer(compressed, (pointer) => this.#take((out) => this.#exports.powers_decode(pointer, out)));
  }

  setPowers(raw: Uint8Array): void {
    this.#withBuffer(raw, (pointer) => this.#check(this.#exports.powers_set(pointer)));
  }

  /** The sum of scalars times powers from number `first` on. */
  sum(first: number, scalars: Uint8Array): Uint8Array<ArrayBuffer> {
    return this.#withBytes(scalars, (pointer) => this.#sum(first, scalars.length / SCALAR_SIZE, pointer));
  }

  /** `rng`: 32 bytes that nobody can foresee. */
  beginKey(inputs: number, rng: Uint8Array): void {
    this.#withBytes(rng, (bytes) => this.#check(this.#exports.key_begin(inputs, bytes)));
  }

  loadKey(inputs: number, key: Uint8Array): void {
    this.#withBuffer(key, (pointer) => this.#check(this.#exports.key_load(inputs, pointer)));
  }

  storedKey(): Uint8Array<ArrayBuffer> {
    return this.#take((out) => this.#exports.key_get(out));
  }

  beginProof(request: Uint8Array, rng: Uint8Array): void {
    this.#withBuffer(request, (buffer) =>
      this.#withBytes(rng, (bytes) => this.#check(this.#exports.proof_begin(buffer, bytes))));
  }

  /** Numbers of coefficients of the polynomials that wait for a commitment. */
  pending(): number[] {
    return Array.from({ length: this.#exports.pending_count() }, (_, index) => this.#exports.pending_size(index));
  }

  /** A copy of coefficients of a pending polynomial. */
  pendingScalars(index: number, first: number, count: number): Uint8Array<ArrayBuffer> {
    const start = this.#exports.pending_scalars(index) + first * SCALAR_SIZE;
    return this.#bytes(start, count * SCALAR_SIZE).slice();
  }

  /** The same sum as of `pendingScalars`, without the copy. */
  pendingSum(index: number, first: number, count: number): Uint8Array<ArrayBuffer> {
    return this.#sum(first, count, this.#exports.pending_scalars(index) + first * SCALAR_SIZE);
  }

  /** The commitment is the sum of the points. */
  commit(index: number, sums: readonly Uint8Array[]): void {
    const all = new Uint8Array(sums.length * POINT_SIZE);
    sums.forEach((sum, i) => all.set(sum, i * POINT_SIZE));
    this.#withBuffer(all, (pointer) => this.#check(this.#exports.pending_commit(index, pointer)));
  }

  /** What `cosetQuotient` takes, of a proof whose permutation has its commitment. */
  cosetWork(): Uint8Array<ArrayBuffer> {
    return this.#take((out) => this.#exports.coset_work(out));
  }

  /** The quotient of a proof on one of the four cosets; the module has the key of its circuit. */
  cosetQuotient(work: Uint8Array, coset: number): Uint8Array<ArrayBuffer> {
    return this.#withBuffer(work, (pointer) => this.#take((out) => this.#exports.coset_quotient(pointer, coset, out)));
  }

  giveCoset(coset: number, coefficients: Uint8Array): void {
    this.#withBuffer(coefficients, (pointer) => this.#check(this.#exports.coset_give(coset, pointer)));
  }

  resume(): void {
    this.#check(this.#exports.resume());
  }

  proof(): Uint8Array<ArrayBuffer> {
    return this.#take((out) => this.#exports.proof_get(out));
  }

  /** Bytes that the module has taken from the system. */
  get memoryUse(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  #sum(first: number, count: number, scalars: number): Uint8Array<ArrayBuffer> {
    const out = this.#exports.malloc(POINT_SIZE);
    try {
      this.#check(this.#exports.msm(first, count, scalars, out));
      return this.#bytes(out, POINT_SIZE).slice();
    } finally {
      this.#exports.free(out, POINT_SIZE);
    }
  }

  #bytes(pointer: number, size: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#exports.memory.buffer as ArrayBuffer, pointer >>> 0, size);
  }

  #check(status: number): void {
    if (status === OK) return;
    throw new ProverError(new TextDecoder().decode(this.#take((out) => this.#exports.last_error(out))));
  }

  #withBytes<T>(bytes: Uint8Array, use: (pointer: number) => T): T {
    const pointer = this.#exports.malloc(bytes.length);
    try {
      this.#bytes(pointer, bytes.length).set(bytes);
      return use(pointer);
    } finally {
      this.#exports.free(pointer, bytes.length);
    }
  }

  #withBuffer<T>(bytes: Uint8Array, use: (pointer: number) => T): T {
    const pointer = this.#exports.malloc(4 + bytes.length);
    try {
      this.#view().setUint32(pointer >>> 0, bytes.length, true);
      this.#bytes(pointer + 4, bytes.length).set(bytes);
      return use(pointer);
    } finally {
      this.#exports.free(pointer, 4 + bytes.length);
    }
  }

  /** What a function wrote to a new buffer. */
  #take(call: (out: number) => number): Uint8Array<ArrayBuffer> {
    const out = this.#exports.malloc(4);
    try {
      this.#check(call(out));
      const pointer = this.#view().getUint32(out >>> 0, true);
      const size = this.#view().getUint32(pointer, true);
      const bytes = this.#bytes(pointer + 4, size).slice();
      this.#exports.free(pointer, 4 + size);
      return bytes;
    } finally {
      this.#exports.free(out, 4);
    }
  }

  #view(): DataView {
    return new DataView(this.#exports.memory.buffer);
  }
}
