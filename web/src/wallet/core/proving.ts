// Who makes the proof of a shielded payment: this page, or the prover service behind the node.
import { NodeError, type NodeClient } from './node';
import type { ProofProgress, Proving } from './payments';

export type ProverChoice = 'page' | 'node';

export class ProvingFailure extends Error {
  constructor(
    readonly reason: 'no_prover' | 'no_proof' | 'no_memory' | 'failed',
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
    try {
      return await this.node.prove(circuit, signal);
    } catch (error) {
      if (error instanceof NodeError && error.reason === 'not_offered') throw new ProvingFailure('no_prover');
      // A released node that has no keys for the circuits takes the request and closes the connection.
      if (error instanceof NodeError && ['no_answer', 'broken'].includes(error.reason)) throw new ProvingFailure('no_proof');
      throw error;
    }
  }
}
