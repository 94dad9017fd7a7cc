// Calls of a wallet module: what it is given and gives, and what goes wrong.
import { Arena, type ModuleMemory } from './arena';

type Call = (...args: number[]) => number;

export type WalletCoreReason =
  'archiving' | 'unarchiving' | 'deserialization' | 'phoenix' | 'moonlight' | 'contract_call' | 'crashed' | 'missing' | 'refused';

// Of the functions that only ours has.
const REFUSED = 249;
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
    readonly detail = '', // of 'refused': a sentence of the module
  ) {
    super(`${call}: ${reason}`);
  }
}

export class ModuleCalls {
  protected readonly exports: Record<string, unknown> & ModuleMemory;

  constructor(instance: WebAssembly.Instance) {
    this.exports = instance.exports as Record<string, unknown> & ModuleMemory;
  }

  has(name: string): boolean {
    return typeof this.exports[name] === 'function';
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
    if (status === REFUSED) throw new WalletCoreError('refused', name, this.lastError());
    if (status !== 0) throw new WalletCoreError(REASONS[status] ?? 'crashed', name);
  }

  private lastError(): string {
    return this.within((arena) => {
      const out = arena.room(4);
      this.call('last_error', out);
      return text(arena.takeBuffer(out));
    });
  }
}

export function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
