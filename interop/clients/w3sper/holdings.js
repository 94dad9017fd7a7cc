// What a program that uses the SDK keeps of its profiles: accounts, stakes, and notes that are not spent.
import { AccountSyncer, AddressSyncer, Bookkeeper, Bookmark } from "@dusk/w3sper";

const text = (bytes) => Array.from(new Uint8Array(bytes)).join();

export class Holdings {
  #accounts = [];
  #stakes = [];
  #notes;
  #bookmark = Bookmark.from(0n);

  constructor(network, profiles) {
    this.profiles = profiles;
    this.accounts = new AccountSyncer(network);
    this.addresses = new AddressSyncer(network);
    this.#notes = profiles.map(() => new Map());
    this.bookkeeper = new Bookkeeper(this);
  }

  account(identifier) {
    return this.#accounts[+identifier];
  }

  stakeInfo(identifier) {
    return this.#stakes[+identifier];
  }

  address(identifier) {
    return this.#notes[+identifier];
  }

  async update() {
    [this.#accounts, this.#stakes] = await Promise.all(
      [this.accounts.balances(this.profiles), this.accounts.stakes(this.profiles)]);
  }

  /** Reads the notes that came since, and forgets what was spent. How many came. */
  async updateNotes() {
    let came = 0;
    for await (const [owned, info] of await this.addresses.notes(this.profiles, { from: this.#bookmark })) {
      owned.forEach((notes, i) => {
        for (const [key, leaf] of notes) {
          this.#notes[i].set(key, leaf);
          came++;
        }
      });
      this.#bookmark = Bookmark.from(info.bookmark + 1n);
    }
    const keys = this.#notes.flatMap((notes) => [...notes.keys()]);
    const spent = new Set((await this.addresses.spent(keys)).map(text));
    for (const notes of this.#notes) {
      for (const key of [...notes.keys()]) if (spent.has(text(key))) notes.delete(key);
    }
    return came;
  }

  as(index) {
    return this.bookkeeper.as(this.profiles[index]);
  }
}
