// What the page and its workers say to each other. Every request has an answer with the same number; bytes are moved, not
// copied, wherever the sender does not need them any more.

export type Request =
  | { readonly kind: 'start'; readonly module: WebAssembly.Module }
  | { readonly kind: 'make powers'; readonly first: number; readonly count: number }
  | { readonly kind: 'decode powers'; readonly compressed: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'set powers'; readonly raw: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'sum'; readonly first: number; readonly scalars: Uint8Array<ArrayBuffer> }
  // To those that have the key:
  | { readonly kind: 'load key'; readonly inputs: number; readonly key: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'coset quotient'; readonly work: Uint8Array<ArrayBuffer>; readonly coset: number }
  // To the one that makes the proof:
  | { readonly kind: 'begin key'; readonly inputs: number; readonly rng: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'get key' }
  | { readonly kind: 'begin proof'; readonly request: Uint8Array<ArrayBuffer>; readonly rng: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'pending' }
  | { readonly kind: 'pending scalars'; readonly index: number; readonly first: number; readonly count: number }
  | { readonly kind: 'pending sum'; readonly index: number; readonly first: number; readonly count: number }
  | { readonly kind: 'coset work' }
  | { readonly kind: 'give coset'; readonly coset: number; readonly coefficients: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'resume'; readonly sums: readonly (readonly Uint8Array[])[] }
  | { readonly kind: 'get proof' }
  | { readonly kind: 'memory' };

export type Answer = Uint8Array<ArrayBuffer> | readonly number[] | number | null;

export interface Asked {
  readonly id: number;
  readonly request: Request;
}

export type Answered =
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly error: string };

/** A web worker, or what stands for one. */
export interface Port {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  onmessage: ((event: MessageEvent) => void) | null;
}
