// Proofs of shielded transfers, made in the page: the witness never leaves it. The sums of points that take most of the
// time are split over workers that share nothing (docs/design/wasm.md).
import { ProverError } from './module';
import { type Progress, ProgressMeter, WORK } from './progress';
import { BrowserStore, type Store } from './store';
import { Team } from './team';
import { type ProverWorker, WorkerLink } from './worker_link';

export { ProverError } from './module';
export type { Progress, Stage } from './progress';

export interface ProverOptions {
  /** Where the module lies, its bytes, or the module. */
  readonly module: string | URL | ArrayBuffer | WebAssembly.Module;
  /** How many instances work at once; at least 1. Default: as the machine has cores, at most 8. */
  readonly workers?: number;
  readonly store?: Store;
  /** `/on/node/crs` of a node; without it the development parameters of devnet are computed. */
  readonly crs?: string;
  /** Default: web workers. */
  readonly spawn?: () => ProverWorker;
}

export interface ProveOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the workers at once; the next proof starts new ones. */
  readonly signal?: AbortSignal;
}

const MOST_WORKERS = 8;

/** One proof at a time; further calls wait. */
export class Prover {
  readonly #options: ProverOptions;
  readonly #workers: number;
  readonly #store: Store;
  #module: Promise<WebAssembly.Module> | null = null;
  #team: Team | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ProverOptions) {
    this.#options = options;
    this.#workers = Math.max(1, Math.min(options.workers ?? navigator.hardwareConcurrency, MOST_WORKERS));
    this.#store = options.store ?? new BrowserStore();
  }

  /** 1008 bytes, verified. `request`: what the wallet core gives to be proven; it is overwritten. */
  prove(request: Uint8Array<ArrayBuffer>, options: ProveOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
    const proof = this.#last.then(() => this.#proveNow(request, options));
    this.#last = proof.catch(() => undefined);
    return proof;
  }

  /** Makes ready what proofs with so many inputs need, so that the first one takes less time. */
  prepare(inputs: number, options: ProveOptions = {}): Promise<void> {
    const ready = this.#last.then(() => this.#run(options, (team, meter) => team.prepare(inputs, meter), inputs, false));
    this.#last = ready.catch(() => undefined);
    return ready;
  }

  /** Bytes that all instances have taken. */
  async memoryUse(): Promise<number> {
    return this.#team === null ? 0 : await this.#team.memoryUse();
  }

  close(): void {
    this.#team?.close();
    this.#team = null;
  }

  #proveNow(request: Uint8Array<ArrayBuffer>, options: ProveOptions): Promise<Uint8Array<ArrayBuffer>> {
    const inputs = inputsOf(request);
    return this.#run(options, (team, meter) => team.prove(request, inputs, meter), inputs, true);
  }

  async #run<T>(options: ProveOptions, work: (team: Team, meter: ProgressMeter) => Promise<T>, inputs: number,
    proves: boolean): Promise<T> {
    const { signal } = options;
    signal?.throwIfAborted();
    const abort = () => this.close();
    signal?.addEventListener('abort', abort);
    try {
      this.#team ??= await this.#start();
      const team = this.#team;
      const total = (await team.workBefore(inputs)) +
        (proves ? WORK.proofBegin + WORK.proofSums + WORK.quotient + WORK.otherStages : 0);
      const meter = new ProgressMeter(Math.max(total, 1), options.onProgress ?? (() => undefined));
      meter.stage('start');
      return await work(team, meter);
    } catch (error) {
      // A worker that failed may be in any state.
      this.close();
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  async #start(): Promise<Team> {
    const { module } = this.#options;
    this.#module ??= compiled(module);
    const ready = await this.#module.catch((error: unknown) => {
      this.#module = null;
      throw error;
    });
    const spawn = this.#options.spawn ?? webWorker;
    const links = Array.from({ length: this.#workers }, () => new WorkerLink(spawn()));
    await Promise.all(links.map((link) => link.ask({ kind: 'start', module: ready })));
    return new Team(links, this.#store, this.#options.crs ?? null);
  }
}

async function compiled(module: ProverOptions['module']): Promise<WebAssembly.Module> {
  if (module instanceof WebAssembly.Module) return module;
  if (module instanceof ArrayBuffer) return WebAssembly.compile(module);
  const response = await fetch(module);
  if (!response.ok) throw new ProverError(`The prover cannot be loaded (status ${response.status})`);
  return WebAssembly.compile(await response.arrayBuffer());
}

/** The request begins with the number of inputs. */
function inputsOf(request: Uint8Array): number {
  if (request.length < 8) throw new ProverError('This is no request for a proof');
  const inputs = new DataView(request.buffer, request.byteOffset).getBigUint64(0, true);
  if (inputs < 1n || inputs > 4n) throw new ProverError('A transfer has 1 to 4 inputs');
  return Number(inputs);
}

function webWorker(): ProverWorker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'dusk-prover' });
  return {
    port: worker,
    onFailure: (callback) => { worker.onerror = (event) => callback(event.message || 'it cannot be loaded'); },
    terminate: () => worker.terminate(),
  };
}
