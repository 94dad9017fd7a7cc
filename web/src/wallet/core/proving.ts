// Who makes the proof of a shielded payment: this page, or the prover service behind the node.
import type { NodeClient } from './node';
import type { ProofProgress, Proving } from './payments';

export type ProverChoice = 'page' | 'node';

export class ProvingFailure extends Error {
  constructor(
    readonly reason: 'no_prover' | 'bad_proof' | 'failed',
    readonly detail = '',
  ) {
    super(reason);
  }
}

// What the node's prover answers: our service and the released one alike.
export class NodeProving implements Proving {
  constructor(private readonly node: NodeClient) {}

  async prove(circuit: Uint8Array, report: (progress: ProofProgress) => void, signal?: AbortSignal): Promise<Uint8Array> {
    report({ stage: 'service', done: 0, secondsLeft: null });
    return this.node.prove(circuit, undefined, signal);
  }
}
