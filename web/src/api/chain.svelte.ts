// The chain as the page sees it: the last blocks, the tip and what is final, kept up to date by the node's stream.
import { capabilities, type Capabilities, forgetCapabilities } from './capabilities';
import { type Feed, type FeedEvent, retryDelay } from './feed';
import { type BlockSummary, newestBlocks } from './ledger';
import { RpcFeed } from './rpc_feed';
import { RuesFeed } from './rues_feed';

/** How many blocks are asked for at first, and kept at most. */
const first = 60;
const kept = 120;

class Chain {
  /** The newest first. */
  blocks = $state.raw<BlockSummary[]>([]);
  finalHeight = $state<number | null>(null);
  /** connecting: nothing is known yet; lost: what is shown may be old. */
  connection = $state<'connecting' | 'live' | 'lost'>('connecting');
  can = $state.raw<Capabilities | null>(null);
  /** Why the node could not be asked. */
  problem = $state<string | null>(null);
  /** Heights of blocks that were taken back while the page was open, with their hashes; the newest first. */
  reverted = $state.raw<{ height: number; hash: string }[]>([]);
  /** Counts changes of the mempool that were heard of. */
  poolChanges = $state(0);

  #listeners = new Set<(event: FeedEvent) => void>();
  #feed: Feed | null = null;
  #pending: ReturnType<typeof setTimeout> | undefined;
  #refreshing = false;
  #again = false;

  get tip(): BlockSummary | null {
    return this.blocks[0] ?? null;
  }

  /** Whether the blocks of this height and hash are the ones of the chain, as far as the page knows. */
  find(height: number): BlockSummary | null {
    return this.blocks.find((block) => block.height === height) ?? null;
  }

  listen(listener: (event: FeedEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async start(): Promise<void> {
    for (let failures = 0; ; failures++) {
      try {
        const [can] = await Promise.all([capabilities(), this.#refresh()]);
        this.can = can;
        this.problem = null;
        break;
      } catch (error) {
        this.problem = error instanceof Error ? error.message : String(error);
        this.connection = 'lost';
        await new Promise((resolve) => setTimeout(resolve, retryDelay(failures)));
      }
    }
    const handlers = {
      onEvent: (event: FeedEvent) => this.#hear(event),
      onState: (state: 'live' | 'lost') => this.#changed(state),
    };
    this.#feed = this.can.hasRpc ? new RpcFeed(handlers) : new RuesFeed(handlers);
  }

  stop(): void {
    this.#feed?.close();
  }

  #changed(state: 'live' | 'lost'): void {
    if (state === 'live' && this.connection === 'lost') {
      // The node may be another version after a restart.
      forgetCapabilities();
      void capabilities().then((can) => (this.can = can)).catch(() => {});
      this.#soon();
    }
    this.connection = state;
  }

  #hear(event: FeedEvent): void {
    if (event.kind === 'reverted') {
      const block = this.blocks.find((one) => one.hash === event.hash);
      if (block) this.reverted = [{ height: block.height, hash: block.hash }, ...this.reverted].slice(0, 20);
    }
    if (event.kind === 'included' || event.kind === 'removed' || event.kind === 'executed' || event.kind === 'gap') this.poolChanges++;
    if (event.kind === 'block' || event.kind === 'state' || event.kind === 'reverted' || event.kind === 'gap') this.#soon();
    for (const listener of this.#listeners) listener(event);
  }

  /** Events come in heaps, one question follows. */
  #soon(): void {
    clearTimeout(this.#pending);
    this.#pending = setTimeout(() => void this.#refresh().catch(() => {}), 60);
  }

  async #refresh(): Promise<void> {
    if (this.#refreshing) {
      this.#again = true;
      return;
    }
    this.#refreshing = true;
    try {
      do {
        this.#again = false;
        await this.#ask();
      } while (this.#again);
    } finally {
      this.#refreshing = false;
    }
  }

  async #ask(): Promise<void> {
    const known = this.blocks;
    const [top] = known;
    // All that was not final may have changed its label, or be another block; two more have come most of the time.
    const open = top && this.finalHeight !== null ? top.height - this.finalHeight + 3 : first;
    let fresh = await newestBlocks(Math.min(open, kept));
    const lowest = fresh.blocks.at(-1)?.height ?? 0;
    if (top && lowest > Math.min(top.height, this.finalHeight ?? 0) + 1 && fresh.blocks.length < kept) fresh = await newestBlocks(kept);
    const from = fresh.blocks.at(-1)?.height ?? 0;
    this.blocks = [...fresh.blocks, ...known.filter((block) => block.height < from)].slice(0, kept);
    this.finalHeight = fresh.final;
  }
}

export const chain = new Chain();
