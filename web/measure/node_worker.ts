// A thread of Node as a worker of the prover.
import { parentPort } from 'node:worker_threads';
import type { Port } from '../src/prover/messages';
import { serve } from '../src/prover/serve';

const port: Port = {
  onmessage: null,
  postMessage: (message, transfer) => parentPort!.postMessage(message, transfer),
};
parentPort!.on('message', (data: unknown) => port.onmessage?.({ data } as MessageEvent));
serve(port);
