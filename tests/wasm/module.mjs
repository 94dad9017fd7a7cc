// The conventions of the wallet core's ABI (docs/design/wasm.md), for our module and for the official one.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

export const hex = (bytes) => Buffer.from(bytes).toString('hex');
export const bytes = (text) => Uint8Array.from(Buffer.from(text, 'hex'));
export const text = (string) => new TextEncoder().encode(string);

export class WalletCore {
  constructor(path) {
    const module = new WebAssembly.Module(readFileSync(path));
    assert.deepEqual(WebAssembly.Module.imports(module), [], `${path} imports something`);
    this.names = WebAssembly.Module.exports(module).map((one) => `${one.kind} ${one.name}`).sort();
    this.exports = new WebAssembly.Instance(module, {}).exports;
    this.path = path;
  }

  has(name) {
    return name in this.exports;
  }

  get view() {
    return new DataView(this.exports.memory.buffer);
  }

  memory(pointer, size) {
    return new Uint8Array(this.exports.memory.buffer, pointer >>> 0, size);
  }

  put(content) {
    const pointer = this.exports.malloc(content.length);
    this.memory(pointer, content.length).set(content);
    return pointer;
  }

  read(pointer, size) {
    return this.memory(pointer, size).slice();
  }

  // The length, then the bytes.
  buffer(content) {
    const whole = new Uint8Array(4 + content.length);
    new DataView(whole.buffer).setUint32(0, content.length, true);
    whole.set(content, 4);
    return this.put(whole);
  }

  readBuffer(pointer) {
    return this.read(pointer + 4, this.view.getUint32(pointer >>> 0, true));
  }

  u64(value) {
    const eight = new Uint8Array(8);
    new DataView(eight.buffer).setBigUint64(0, BigInt(value), true);
    return this.put(eight);
  }

  u32(value) {
    const four = new Uint8Array(4);
    new DataView(four.buffer).setUint32(0, value, true);
    return this.put(four);
  }

  // Room for so many bytes that a function fills.
  room(size) {
    return this.put(new Uint8Array(size));
  }

  pointerAt(place) {
    return this.view.getUint32(place >>> 0, true);
  }

  u64At(place) {
    return this.view.getBigUint64(place >>> 0, true);
  }

  call(name, ...args) {
    return this.exports[name](...args);
  }

  ok(name, ...args) {
    const status = this.call(name, ...args);
    assert.equal(status, 0, `${name}: status ${status}, ${this.lastError()}`);
  }

  // What a function writes to a new buffer, which is the argument behind the given ones.
  newBuffer(name, ...args) {
    const out = this.room(4);
    this.ok(name, ...args, out);
    return this.readBuffer(this.pointerAt(out));
  }

  // The same where other arguments follow.
  newBufferBefore(name, before, behind) {
    const out = this.room(4);
    this.ok(name, ...before, out, ...behind);
    return this.readBuffer(this.pointerAt(out));
  }

  lastError() {
    if (!this.has('last_error')) return 'the official module';
    const out = this.room(4);
    this.call('last_error', out);
    return new TextDecoder().decode(this.readBuffer(this.pointerAt(out)));
  }
}

// rkyv of a list of objects that point to nothing, one after the other.
export function archivedList(objects, count) {
  const out = new Uint8Array(objects.length + 8);
  out.set(objects);
  const view = new DataView(out.buffer);
  view.setInt32(objects.length, -objects.length, true);
  view.setUint32(objects.length + 4, count, true);
  return out;
}
