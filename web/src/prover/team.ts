// The workers of a prover: who computes what, and in which order.
import { ProverError } from './module';
import { domainOf, downloadPowers, powersOf, ranges } from './parameters';
import { type ProgressMeter, WORK } from './progress';
import type { Store } from './store';
import type { WorkerLink } from './worker_link';

const STORE_VERSION = 1;
// On which a quotient is computed (docs/design/wasm.md).
const COSETS = 4;

/** The first has the witness, all have the powers, as many as there are cosets have the key. */
export class Team {
  readonly #links: readonly WorkerLink[];
  readonly #store: Store;
  readonly #crs: string | null;
  #powers = 0;  // log2 of the domain that they reach for
  #key = 0;     // inputs
  #sharedKey = 0;  // the same, of the workers that help to divide
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
    await Promise.all([
      this.#holder.ask({ kind: 'begin proof', request: request.slice(), rng }),
      this.#shareKey(inputs),
    ]);
    request.fill(0);
    meter.add(WORK.proofBegin);
    const otherStage = WORK.otherStages / 4;
    await this.#commitAndResume(meter, otherStage);
    await this.#commitAndResume(meter, 0);
    await this.#divide(meter);
    await this.#commitAndResume(meter, otherStage);
    await this.#commitAndResume(meter, otherStage);
    return this.#holder.askBytes({ kind: 'get proof' });
  }

  /** The workers that compute the quotient on the four cosets. */
  get #dividers(): readonly WorkerLink[] {
    return this.#links.slice(0, COSETS);
  }

  /** Those of them that hold no key yet get it. */
  async #shareKey(inputs: number): Promise<void> {
    const others = this.#dividers.slice(1);
    if (others.length === 0 || this.#sharedKey === inputs) return;
    this.#sharedKey = 0;
    const key = await this.#holder.askBytes({ kind: 'get key' });
    await Promise.all(others.map((link) => link.ask({ kind: 'load key', inputs, key })));
    this.#sharedKey = inputs;
  }

  async #divide(meter: ProgressMeter): Promise<void> {
    const work = await this.#holder.askBytes({ kind: 'coset work' });
    await Promise.all(Array.from({ length: COSETS }, async (_, coset) => {
      const link = this.#dividers[coset % this.#dividers.length]!;
      const coefficients = await link.askBytes({ kind: 'coset quotient', work, coset });
      await this.#holder.ask({ kind: 'give coset', coset, coefficients }, [coefficients.buffer]);
      meter.add(WORK.quotient / COSETS);
    }));
    work.fill(0);
    await this.#holder.ask({ kind: 'resume', sums: [] });
    meter.add(WORK.otherStages / 4);
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
    await this.#holder.ask({ kind: 'begin key', inputs, rng: crypto.getRandomValues(new Uint8Array(32)) });
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
