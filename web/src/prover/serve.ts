// The worker's side: does what it is asked, one thing after the other.
import type { Answer, Answered, Asked, Port, Request } from './messages';
import { ProverModule } from './module';

/** Answers what comes in at a port with an instance of its own. */
export function serve(port: Port): void {
  let module: ProverModule | null = null;
  const running = async (request: Request): Promise<Answer> => {
    if (request.kind === 'start') {
      module = await ProverModule.instantiate(request.module);
      return null;
    }
    if (module === null) throw new Error('the worker has no module yet');
    return answer(module, request);
  };
  let last: Promise<void> = Promise.resolve();
  port.onmessage = (event: MessageEvent<Asked>) => {
    const { id, request } = event.data;
    last = last.then(async () => {
      try {
        const done = await running(request);
        const transfer = done instanceof Uint8Array ? [done.buffer] : [];
        port.postMessage({ id, answer: done } satisfies Answered, transfer);
      } catch (error) {
        port.postMessage({ id, error: error instanceof Error ? error.message : String(error) } satisfies Answered, []);
      }
    });
  };
}

function answer(module: ProverModule, request: Exclude<Request, { kind: 'start' }>): Answer {
  switch (request.kind) {
    case 'make powers': return module.developmentPowers(request.first, request.count);
    case 'decode powers': return module.decodePowers(request.compressed);
    case 'set powers': module.setPowers(request.raw); return null;
    case 'sum': {
      const sum = module.sum(request.first, request.scalars);
      request.scalars.fill(0);
      return sum;
    }
    case 'begin key': module.beginKey(request.inputs, request.rng); return null;
    case 'load key': module.loadKey(request.inputs, request.key); return null;
    case 'get key': return module.storedKey();
    case 'begin proof': {
      module.beginProof(request.request, request.rng);
      request.request.fill(0);
      request.rng.fill(0);
      return null;
    }
    case 'pending': return module.pending();
    case 'pending scalars': return module.pendingScalars(request.index, request.first, request.count);
    case 'pending sum': return module.pendingSum(request.index, request.first, request.count);
    case 'coset work': return module.cosetWork();
    case 'coset quotient': {
      const made = module.cosetQuotient(request.work, request.coset);
      request.work.fill(0);
      return made;
    }
    case 'give coset': {
      module.giveCoset(request.coset, request.coefficients);
      request.coefficients.fill(0);
      return null;
    }
    case 'resume': {
      request.sums.forEach((sums, index) => module.commit(index, sums));
      module.resume();
      return null;
    }
    case 'get proof': return module.proof();
    case 'memory': return module.memoryUse;
  }
}
