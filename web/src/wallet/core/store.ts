// What the page keeps in the browser (IndexedDB "dusk-wallet"): sealed wallets, their sealed private state, and plain
// settings that tell nothing of a person.
import type { SealedSecret, SealedState } from './vault';

export interface WalletRecord {
  id: string;
  name: string;
  created: number; // milliseconds since 1970
  secret: SealedSecret;
}

export class StoreFailure extends Error {
  constructor() {
    super('the browser does not let this page keep data');
  }
}

const VERSION = 1;

function asPromise<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new StoreFailure());
  });
}

export class WalletStore {
  private constructor(private readonly database: IDBDatabase) {}

  static open(name = 'dusk-wallet'): Promise<WalletStore> {
    return new Promise((resolve, reject) => {
      let request: IDBOpenDBRequest;
      try {
        request = indexedDB.open(name, VERSION);
      } catch {
        reject(new StoreFailure());
        return;
      }
      request.onupgradeneeded = () => {
        request.result.createObjectStore('wallets', { keyPath: 'id' });
        request.result.createObjectStore('state');
      };
      request.onsuccess = () => {
        // A newer page in another tab may take over.
        request.result.onversionchange = () => request.result.close();
        resolve(new WalletStore(request.result));
      };
      request.onerror = () => reject(new StoreFailure());
      request.onblocked = () => reject(new StoreFailure());
    });
  }

  async wallets(): Promise<WalletRecord[]> {
    const records = await asPromise<WalletRecord[]>(this.in('wallets', 'readonly').getAll());
    return records.sort((a, b) => a.created - b.created);
  }

  async put(record: WalletRecord): Promise<void> {
    await asPromise(this.in('wallets', 'readwrite').put(record));
  }

  // The wallet and all that was kept for it.
  async remove(id: string): Promise<void> {
    await asPromise(this.in('state', 'readwrite').delete(IDBKeyRange.bound(`${id}/`, `${id}/\uffff`)));
    await asPromise(this.in('wallets', 'readwrite').delete(id));
  }

  async state(id: string, name: string): Promise<SealedState | undefined> {
    return asPromise(this.in('state', 'readonly').get(`${id}/${name}`));
  }

  async putState(id: string, name: string, sealed: SealedState): Promise<void> {
    await asPromise(this.in('state', 'readwrite').put(sealed, `${id}/${name}`));
  }

  close(): void {
    this.database.close();
  }

  private in(store: string, mode: IDBTransactionMode): IDBObjectStore {
    try {
      return this.database.transaction(store, mode).objectStore(store);
    } catch {
      throw new StoreFailure();
    }
  }
}
