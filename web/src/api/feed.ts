// What happens on the chain, from whichever stream the node has. Readers get the same words from both.
export type FeedEvent =
  | { kind: 'block'; hash: string; height: number }
  | { kind: 'state'; hash: string; state: 'confirmed' | 'final' }
  | { kind: 'reverted'; hash: string }
  | { kind: 'included'; id: string }
  | { kind: 'removed'; id: string; reason: string | null }
  | { kind: 'deferred' | 'dropped'; id: string; reason: string | null }
  | { kind: 'executed'; id: string; height: number }
  /** Something may have been missed: ask again for what is shown. */
  | { kind: 'gap' };

export interface FeedHandlers {
  onEvent(event: FeedEvent): void;
  onState(state: 'live' | 'lost'): void;
}

/** A stream that keeps itself connected until it is closed. */
export interface Feed {
  close(): void;
}

/** Waits after the n-th failure in a row: 0.5, 1, 2 … 15 s, each up to a quarter longer by chance. */
export function retryDelay(failures: number): number {
  return Math.min(15_000, 500 * 2 ** Math.min(failures, 6)) * (1 + Math.random() / 4);
}

export function socketUrl(path: string): string {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
