// How long a proof in the page takes, measured under Node: the same module, the same code, threads for web workers.
//
//     node web/measure/prover.mjs [--workers N] [--inputs K] [--times T]
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { build } from 'vite';

const { values } = parseArgs({ options: {
  workers: { type: 'string', default: '1' }, inputs: { type: 'string', default: '1' }, times: { type: 'string', default: '2' },
} });
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'dusk-prover-'));
await build({
  configFile: false, logLevel: 'error', root: here('..'),
  build: { ssr: true, outDir: folder, rollupOptions: {
    input: { prover: here('../src/prover/prover.ts'), store: here('../src/prover/store.ts'), worker: here('node_worker.ts') },
    output: { entryFileNames: '[name].mjs' },
  } },
});
const { Prover } = await import(join(folder, 'prover.mjs'));
const { MemoryStore } = await import(join(folder, 'store.mjs'));

function spawn() {
  const worker = new Worker(join(folder, 'worker.mjs'));
  const port = { onmessage: null, postMessage: (message, transfer) => worker.postMessage(message, transfer) };
  worker.on('message', (data) => port.onmessage?.({ data }));
  return {
    port,
    onFailure: (callback) => worker.on('error', (error) => callback(error.message)),
    terminate: () => worker.terminate(),
  };
}

const module = new WebAssembly.Module(readFileSync(here('../../build/wasm/dusk-wallet-core.wasm')));
const vectors = here(`../../tests/vectors/plonk-sound/phoenix-${values.inputs}.json.gz`);
const { request } = JSON.parse(gunzipSync(readFileSync(vectors)).toString()).phoenix[0].proofs[0];
const prover = new Prover({ module, workers: Number(values.workers), store: new MemoryStore(), spawn });
for (let i = 0; i < Number(values.times); ++i) {
  const began = performance.now();
  const stages = new Map();
  const proof = await prover.prove(Uint8Array.from(Buffer.from(request, 'hex')), {
    onProgress: ({ stage }) => stages.set(stage, performance.now()),
  });
  const took = [];
  let last = began;
  for (const [stage, end] of stages) {
    took.push(`${stage} ${((end - last) / 1000).toFixed(1)} s`);
    last = end;
  }
  console.log(`proof ${i + 1} of ${values.inputs} inputs, ${values.workers} workers: ${((performance.now() - began) / 1000).toFixed(1)} s `
    + `(${took.join(', ')}), ${(await prover.memoryUse() / 2 ** 20).toFixed(0)} MiB of memory, ${proof.length} bytes`);
}
prover.close();
rmSync(folder, { recursive: true });
