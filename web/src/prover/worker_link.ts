// The page's side of one worker: a question becomes a promise.
import type { Answer, Answered, Asked, Port, Request } from './messages';
import { ProverError } from './module';

/** A worker that somebody made, with what ends it. */
export interface ProverWorker {
  readonly port: Port;
  /** Calls back when the worker dies: it has no more memory, or its file cannot be loaded. */
  onFailure(callback: (reason: string) => void): void;
  terminate(): void;
}

export class WorkerLink {
  readonly #worker: ProverWorker;
  readonly #waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (reason: Error) => void }>();
  #next = 0;
  #failure: Error | null = null;

  constructor(worker: ProverWorker) {
    this.#worker = worker;
    worker.port.onmessage = (event: MessageEvent<Answered>) => this.#receive(event.data);
    worker.onFailure((reason) => this.#fail(new ProverError(`A worker of the prover ended: ${reason}`)));
  }

  ask(request: Request, transfer: ArrayBuffer[] = []): Promise<Answer> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.port.postMessage({ id, request } satisfies Asked, transfer);
    });
  }

  async askBytes(request: Request, transfer: ArrayBuffer[] = []): Promise<Uint8Array<ArrayBuffer>> {
    const answer = await this.ask(request, transfer);
    if (!(answer instanceof Uint8Array)) throw new ProverError('The prover answers no bytes');
    return answer;
  }

  close(): void {
    this.#worker.terminate();
    this.#fail(new ProverError('The prover was closed'));
  }

  #receive(answered: Answered): void {
    const waiting = this.#waiting.get(answered.id);
    if (waiting === undefined) return;
    this.#waiting.delete(answered.id);
    if ('error' in answered) waiting.reject(new ProverError(answered.error));
    else waiting.resolve(answered.answer);
  }

  #fail(reason: Error): void {
    this.#failure ??= reason;
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
  }
}
