// The engine as the page sees it: the same calls, answered by the worker.
import type { Engine, ScanProgress } from './engine';
import { StateCipher, VaultFailure } from './vault';
import { NodeError } from './node';
import { WalletCoreError } from './module_calls';

type Calls = Omit<Engine, 'scan' | 'positionAbove'>;
type CallName = { [K in keyof Calls]: Calls[K] extends (...args: never[]) => unknown ? K : never }[keyof Calls];

export type EngineRequest =
  | { id: number; call: 'scan'; args: [base: string, from: bigint, profiles: number[]] }
  | { id: number; call: 'positionAbove'; args: [base: string, height: bigint] }
  | { id: number; call: 'abort'; args: [number] }
  | { id: number; call: CallName; args: unknown[] };

export type EngineResponse =
  | { id: number; result: unknown }
  | { id: number; progress: ScanProgress }
  | { id: number; error: { name: string; message: string; fields: Record<string, unknown> } };

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  report?: (progress: ScanProgress) => void;
}

// An error of the worker as the class that it was.
function revive(error: { name: string; message: string; fields: Record<string, unknown> }): Error {
  const { reason, detail, status, call } = error.fields;
  switch (error.name) {
    case 'VaultFailure':
      return new VaultFailure(reason as VaultFailure['reason']);
    case 'NodeError':
      return new NodeError(reason as NodeError['reason'], String(detail ?? ''), Number(status ?? 0));
    case 'WalletCoreError':
      return new WalletCoreError(reason as WalletCoreError['reason'], String(call ?? ''), String(detail ?? ''));
    case 'AbortError':
      return new DOMException(error.message, 'AbortError');
    default:
      return Object.assign(new Error(error.message), { name: error.name });
  }
}

export class EngineClient {
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;

  constructor(private readonly worker: Worker) {
    worker.onmessage = (event: MessageEvent<EngineResponse>) => this.take(event.data);
    worker.onerror = () => this.failAll(new Error('the worker of the wallet failed'));
  }

  static start(): EngineClient {
    return new EngineClient(new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'wallet' }));
  }

  async call<K extends CallName>(call: K, ...args: Parameters<Engine[K]>): Promise<Awaited<ReturnType<Engine[K]>>> {
    return (await this.send({ id: this.nextId++, call, args } as EngineRequest)) as Awaited<ReturnType<Engine[K]>>;
  }

  // The key arrives as one that cannot be read, only used.
  async unlock(...args: Parameters<Engine['unlock']>): Promise<StateCipher> {
    return new StateCipher((await this.call('unlock', ...args)).key);
  }

  async positionAbove(base: string, height: bigint): Promise<bigint> {
    return (await this.send({ id: this.nextId++, call: 'positionAbove', args: [base, height] })) as bigint;
  }

  async scan(
    base: string,
    from: bigint,
    profiles: number[],
    report: (progress: ScanProgress) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    const id = this.nextId++;
    const stop = () => void this.send({ id: this.nextId++, call: 'abort', args: [id] });
    signal?.addEventListener('abort', stop);
    try {
      await this.send({ id, call: 'scan', args: [base, from, profiles] }, report);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  // The thread ends, and all it held.
  close(): void {
    this.worker.terminate();
    this.failAll(new DOMException('closed', 'AbortError'));
  }

  private send(request: EngineRequest, report?: (progress: ScanProgress) => void): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.waiting.set(request.id, { resolve, reject, ...(report ? { report } : {}) });
      this.worker.postMessage(request);
    });
  }

  private take(response: EngineResponse): void {
    const waiting = this.waiting.get(response.id);
    if (!waiting) return;
    if ('progress' in response) {
      waiting.report?.(response.progress);
      return;
    }
    this.waiting.delete(response.id);
    if ('error' in response) waiting.reject(revive(response.error));
    else waiting.resolve(response.result);
  }

  private failAll(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
