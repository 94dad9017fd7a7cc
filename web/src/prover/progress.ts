// How far a proof is. What takes long are sums of points; everything else is counted in the time of one.

export type Stage = 'start' | 'parameters' | 'key' | 'proof';

export interface Progress {
  readonly stage: Stage;
  /** 0 to 1, of all that is to do. */
  readonly done: number;
  /** Estimated from what is done; null at the beginning. */
  readonly secondsLeft: number | null;
}

/** In units of one sum over all powers. */
export const WORK = {
  parameters: 4,
  keyBegin: 1, keySums: 1, keyFinish: 0.5,
  keyLoad: 0.5,
  proofBegin: 0.5, proofSums: 11, quotient: 4, otherStages: 1.5,
} as const;

export class ProgressMeter {
  readonly #total: number;
  readonly #report: (progress: Progress) => void;
  readonly #began = performance.now();
  #done = 0;
  #stage: Stage = 'start';

  constructor(total: number, report: (progress: Progress) => void) {
    this.#total = total;
    this.#report = report;
  }

  stage(stage: Stage): void {
    this.#stage = stage;
    this.#tell();
  }

  add(work: number): void {
    this.#done = Math.min(this.#done + work, this.#total);
    this.#tell();
  }

  #tell(): void {
    const done = this.#done / this.#total;
    const elapsed = (performance.now() - this.#began) / 1000;
    const secondsLeft = done > 0.05 ? Math.max(0, (elapsed / done) * (1 - done)) : null;
    this.#report({ stage: this.#stage, done, secondsLeft });
  }
}
