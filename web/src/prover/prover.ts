// Proofs of shielded transfers, made in the page: the witness never leaves it. The sums of points that take most of the
// time are split over workers that share nothing (docs/design/wasm.md).
import { ProverError } from './module';
import { domainOf, downloadPowers, powersOf, ranges } from './parameters';
import { type Progress, ProgressMeter, WORK } from './progress';
import { BrowserStore, type Store } from './store';
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
const STORE_VERSION = 1;

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

/** The workers: the first has the key and the witness, all have the powers. */
class Team {
  readonly #links: readonly WorkerLink[];
  readonly #store: Store;
  readonly #crs: string | null;
  #powers = 0;  // log2 of the domain that they reach for
  #key = 0;     // inputs
  #stored: { inputs: number; key: Uint8Array<ArrayBuffer> | null } | null = null;

  constructor(links: readonly WorkerLink[], store: Store, crs: string | null) {
    this.#links = links;
    this.#store = store;
    this.#crs = crs;
  }

  close(): void {
    for (const link of this.#links) link.close();
  }

  async memoryUse(): Promise<number> {
    const all = await Promise.all(this.#links.map((link) => link.ask({ kind: 'memory' })));
    return all.reduce<number>((sum, one) => sum + Number(one), 0);
  }

  /** What `prepare` will have to do. */
  async workBefore(inputs: number): Promise<number> {
    const parameters = this.#powers >= domainOf(inputs) ? 0 : WORK.parameters;
    if (this.#key === inputs) return parameters;
    this.#stored = { inputs, key: await this.#store.get(keyName(inputs)) };
    return parameters + (this.#stored.key === null ? WORK.keyBegin + WORK.keySums + WORK.keyFinish : WORK.keyLoad);
  }

  async prepare(inputs: number, meter: ProgressMeter): Promise<void> {
    await this.#preparePowers(domainOf(inputs), meter);
    if (this.#key === inputs) return;
    this.#key = 0;
    meter.stage('key');
    if (!await this.#loadKey(inputs)) await this.#makeKey(inputs, meter);
    else meter.add(WORK.keyLoad);
    this.#key = inputs;
  }

  async prove(request: Uint8Array<ArrayBuffer>, inputs: number, meter: ProgressMeter): Promise<Uint8Array<ArrayBuffer>> {
    await this.prepare(inputs, meter);
    meter.stage('proof');
    const rng = crypto.getRandomValues(new Uint8Array(32));
    await this.#holder.ask({ kind: 'begin proof', request: request.slice(), rng });
    request.fill(0);
    meter.add(WORK.proofBegin);
    const stages = [WORK.otherStages / 3, WORK.quotient, WORK.otherStages / 3, WORK.otherStages / 3];
    for (const work of stages) await this.#commitAndResume(meter, work);
    return this.#holder.askBytes({ kind: 'get proof' });
  }

  get #holder(): WorkerLink {
    return this.#links[0]!;
  }

  async #preparePowers(log2Domain: number, meter: ProgressMeter): Promise<void> {
    if (this.#powers >= log2Domain) return;
    meter.stage('parameters');
    const name = `powers-${this.#crs === null ? 'development' : 'network'}-${log2Domain}-v${STORE_VERSION}`;
    const kept = await this.#store.get(name);
    if (kept !== null && await this.#setPowers(kept).then(() => true, () => false)) {
      meter.add(WORK.parameters);
    } else {
      const made = await this.#makePowers(powersOf(log2Domain), meter);
      await this.#setPowers(made);
      await this.#store.put(name, made);
    }
    this.#powers = log2Domain;
  }

  async #setPowers(raw: Uint8Array<ArrayBuffer>): Promise<void> {
    await Promise.all(this.#links.map((link) => link.ask({ kind: 'set powers', raw })));
  }

  async #makePowers(count: number, meter: ProgressMeter): Promise<Uint8Array<ArrayBuffer>> {
    const shares = ranges(count, this.#links.length);
    const compressed = this.#crs === null ? null : await downloadPowers(this.#crs, count);
    const parts = await Promise.all(this.#links.map(async (link, i) => {
      const share = shares[i]!;
      const part = await link.askBytes(compressed === null
        ? { kind: 'make powers', ...share }
        : { kind: 'decode powers', compressed: compressed.slice(share.first * 48, (share.first + share.count) * 48) });
      meter.add(WORK.parameters / this.#links.length);
      return part;
    }));
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  /** Whether a key was kept that is that of the circuit. */
  async #loadKey(inputs: number): Promise<boolean> {
    const stored = this.#stored?.inputs === inputs ? this.#stored.key : await this.#store.get(keyName(inputs));
    this.#stored = null;
    if (stored === null) return false;
    return this.#holder.ask({ kind: 'load key', inputs, key: stored }, [stored.buffer]).then(() => true, () => false);
  }

  async #makeKey(inputs: number, meter: ProgressMeter): Promise<void> {
    await this.#holder.ask({ kind: 'begin key', inputs });
    meter.add(WORK.keyBegin);
    await this.#commitAndResume(meter, WORK.keyFinish);
    await this.#store.put(keyName(inputs), await this.#holder.askBytes({ kind: 'get key' }));
  }

  /** Sums for everything that is pending, as equal shares for all workers. */
  async #commitAndResume(meter: ProgressMeter, workBehind: number): Promise<void> {
    const sizes = await this.#holder.ask({ kind: 'pending' });
    if (!Array.isArray(sizes)) throw new ProverError('The prover does not say what is pending');
    const pieces = piecesFor(sizes.length, this.#links.length);
    const sums: Uint8Array[][] = sizes.map(() => []);
    let task = 0;
    const running: Promise<void>[] = [];
    const own: (() => Promise<void>)[] = [];
    sizes.forEach((size: number, index: number) => {
      ranges(size, pieces).forEach((range, piece) => {
        const link = this.#links[task++ % this.#links.length]!;
        const sum = async () => {
          sums[index]![piece] = link === this.#holder
            ? await link.askBytes({ kind: 'pending sum', index, ...range })
            : await this.#sumElsewhere(link, index, range);
          meter.add(1 / pieces);
        };
        // What others wait for is taken out first.
        if (link === this.#holder) own.push(sum);
        else running.push(sum());
      });
    });
    await Promise.all([...running, ...own.map((sum) => sum())]);
    await this.#holder.ask({ kind: 'resume', sums });
    meter.add(workBehind);
  }

  async #sumElsewhere(link: WorkerLink, index: number, range: { first: number; count: number }): Promise<Uint8Array> {
    const scalars = await this.#holder.askBytes({ kind: 'pending scalars', index, ...range });
    return link.askBytes({ kind: 'sum', first: range.first, scalars }, [scalars.buffer]);
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

/** As few pieces of each polynomial as give every worker equally many. */
function piecesFor(polynomials: number, workers: number): number {
  let a = polynomials;
  let b = workers;
  while (b !== 0) [a, b] = [b, a % b];
  return workers / Math.max(a, 1);
}

function keyName(inputs: number): string {
  return `transfer-${inputs}-v${STORE_VERSION}`;
}

function webWorker(): ProverWorker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'dusk-prover' });
  return {
    port: worker,
    onFailure: (callback) => { worker.onerror = (event) => callback(event.message || 'it cannot be loaded'); },
    terminate: () => worker.terminate(),
  };
}
