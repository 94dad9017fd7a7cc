// Where prover keys and powers of the parameters are kept between visits. Nothing in it is secret: everybody makes the same.

export interface Store {
  /** null where there is nothing, or nothing can be read. */
  get(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Best effort: a browser that keeps nothing makes the next proof slower, not wrong. */
  put(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

const DATABASE = 'dusk-prover';
const TABLE = 'files';

function promised<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });
}

/** IndexedDB of this page's origin. */
export class BrowserStore implements Store {
  #database: Promise<IDBDatabase> | null = null;

  async get(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    try {
      const table = (await this.#open()).transaction(TABLE, 'readonly').objectStore(TABLE);
      const found: unknown = await promised(table.get(name));
      return found instanceof ArrayBuffer ? new Uint8Array(found) : null;
    } catch {
      return null;
    }
  }

  async put(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    try {
      const table = (await this.#open()).transaction(TABLE, 'readwrite').objectStore(TABLE);
      await promised(table.put(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength), name));
    } catch {
      // The quota is used up, or the browser keeps nothing here.
    }
  }

  #open(): Promise<IDBDatabase> {
    this.#database ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => { request.result.createObjectStore(TABLE); };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
    });
    return this.#database;
  }
}

/** Forgets with the page. */
export class MemoryStore implements Store {
  readonly #files = new Map<string, Uint8Array<ArrayBuffer>>();
  async get(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#files.get(name)?.slice() ?? null;
  }
  async put(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#files.set(name, bytes.slice());
  }
}
