// A list that comes in pages, grown by the page that is wanted next.
import type { Page } from '../api/archive';

export class PagedList<T> {
  items = $state.raw<T[]>([]);
  error = $state.raw<Error | null>(null);
  loading = $state(false);
  /** '' before the first page, null at the end. */
  #next = $state<string | null>('');
  #ask: (cursor: string | undefined) => Promise<Page<T>>;
  #generation = 0;

  constructor(ask: (cursor: string | undefined) => Promise<Page<T>>) {
    this.#ask = ask;
  }

  get isComplete(): boolean {
    return this.#next === null;
  }

  get isEmpty(): boolean {
    return this.#next !== '' && this.items.length === 0;
  }

  restart(): void {
    this.#generation++;
    this.items = [];
    this.error = null;
    this.loading = false;
    this.#next = '';
    void this.more();
  }

  async more(): Promise<void> {
    if (this.loading || this.#next === null || this.error) return;
    const generation = this.#generation;
    this.loading = true;
    try {
      const page = await this.#ask(this.#next === '' ? undefined : this.#next);
      if (generation !== this.#generation) return;
      this.items = [...this.items, ...page.items];
      this.#next = page.next;
    } catch (error) {
      if (generation === this.#generation) this.error = error instanceof Error ? error : new Error(String(error));
    } finally {
      if (generation === this.#generation) this.loading = false;
    }
  }
}
