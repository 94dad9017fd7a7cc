// What only the owner of an unlocked wallet can read: notes, history, contacts, permissions. Several tabs may have the
// same wallet open: a change reads, changes and writes under one lock, and tells the others.
import type { WalletStore } from './store';
import { StateCipher, VaultFailure } from './vault';

export class PrivateState {
  private readonly channel: BroadcastChannel | null;

  constructor(
    private readonly store: WalletStore,
    private readonly cipher: StateCipher,
    private readonly wallet: string,
    onChange?: (name: string) => void,
  ) {
    this.channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`dusk-wallet/${wallet}`);
    if (this.channel && onChange) this.channel.onmessage = (event: MessageEvent<string>) => onChange(event.data);
  }

  // `empty` where nothing was kept. What cannot be opened is put aside as NAME.damaged.
  async read<T>(name: string, empty: T): Promise<T> {
    const sealed = await this.store.state(this.wallet, name);
    if (!sealed) return empty;
    try {
      return (await this.cipher.open(`${this.wallet}/${name}`, sealed)) as T;
    } catch (error) {
      if (!(error instanceof VaultFailure)) throw error;
      await this.store.putState(this.wallet, `${name}.damaged`, sealed);
      return empty;
    }
  }

  async update<T>(name: string, empty: T, change: (value: T) => T): Promise<T> {
    return this.exclusively(name, async () => {
      const next = change(await this.read(name, empty));
      await this.store.putState(this.wallet, name, await this.cipher.seal(`${this.wallet}/${name}`, next));
      this.channel?.postMessage(name);
      return next;
    });
  }

  close(): void {
    this.channel?.close();
  }

  private exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
    const locks = globalThis.navigator?.locks;
    if (!locks) return work();
    return locks.request(`dusk-wallet/${this.wallet}/${name}`, work) as Promise<T>;
  }
}
