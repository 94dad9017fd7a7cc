// Proofs made in this page, by the module that also makes its transactions (docs/design/wasm.md).
import { Prover, ProverError } from '../../prover/prover';
import type { ProofProgress, Proving } from './payments';
import { ProvingFailure } from './proving';

export class PageProving implements Proving {
  readonly #prover: Prover;

  constructor(module: ArrayBuffer) {
    this.#prover = new Prover({ module });
  }

  async prove(circuit: Uint8Array, report: (progress: ProofProgress) => void, signal?: AbortSignal): Promise<Uint8Array> {
    try {
      return await this.#prover.prove(new Uint8Array(circuit), { onProgress: report, ...(signal && { signal }) });
    } catch (error) {
      if (error instanceof ProverError) throw new ProvingFailure('failed', error.message);
      // A trap: the workers have no memory left.
      if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) throw new ProvingFailure('no_memory');
      throw error;
    }
  }

  /** Ends its workers and gives their memory back; the next proof starts new ones. */
  close(): void {
    this.#prover.close();
  }
}
