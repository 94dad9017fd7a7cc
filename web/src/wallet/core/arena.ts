// Memory of the wallet module for the length of one call. What was put there is overwritten before it is given back:
// seeds and keys do not stay behind in the module's memory.

export interface ModuleMemory {
  memory: WebAssembly.Memory;
  malloc(length: number): number;
  free(pointer: number, length: number): void;
}

export class Arena {
  private readonly taken: { pointer: number; length: number }[] = [];

  constructor(private readonly module: ModuleMemory) {}

  room(length: number): number {
    const pointer = this.module.malloc(length) >>> 0;
    if (pointer === 0) throw new Error('the wallet module has no memory left');
    this.taken.push({ pointer, length });
    this.bytes(pointer, length).fill(0);
    return pointer;
  }

  put(bytes: Uint8Array): number {
    const pointer = this.room(Math.max(bytes.length, 1));
    this.bytes(pointer, bytes.length).set(bytes);
    return pointer;
  }

  // A u32 little-endian length and the bytes, as the module takes buffers.
  putBuffer(bytes: Uint8Array): number {
    const pointer = this.room(4 + bytes.length);
    this.view().setUint32(pointer, bytes.length, true);
    this.bytes(pointer + 4, bytes.length).set(bytes);
    return pointer;
  }

  putU32(value: number): number {
    const pointer = this.room(4);
    this.view().setUint32(pointer, value, true);
    return pointer;
  }

  putU64(value: bigint): number {
    const pointer = this.room(8);
    this.view().setBigUint64(pointer, value, true);
    return pointer;
  }

  read(pointer: number, length: number): Uint8Array {
    return this.bytes(pointer, length).slice();
  }

  // What the module allocated and left the address of at `out`: length and bytes. It is given back to the module.
  takeBuffer(out: number): Uint8Array {
    const pointer = this.view().getUint32(out, true);
    const length = this.view().getUint32(pointer, true);
    this.taken.push({ pointer, length: 4 + length });
    return this.read(pointer + 4, length);
  }

  // The same without a length before the bytes.
  takeBytes(out: number, length: number): Uint8Array {
    const pointer = this.view().getUint32(out, true);
    this.taken.push({ pointer, length });
    return this.read(pointer, length);
  }

  release(): void {
    for (const { pointer, length } of this.taken.splice(0)) {
      this.bytes(pointer, length).fill(0);
      this.module.free(pointer, length);
    }
  }

  // Memory may grow in any call, so views are made anew each time.
  private bytes(pointer: number, length: number): Uint8Array {
    return new Uint8Array(this.module.memory.buffer, pointer, length);
  }

  private view(): DataView {
    return new DataView(this.module.memory.buffer);
  }
}
