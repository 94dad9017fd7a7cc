// The prover with the module that `ninja -C build/wasm` makes; its workers are instances in this thread.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Port } from './messages';
import { ranges } from './parameters';
import { type Progress, Prover } from './prover';
import { serve } from './serve';
import { MemoryStore } from './store';
import type { ProverWorker } from './worker_link';

const root = new URL('../../../', import.meta.url);
const module = new WebAssembly.Module(readFileSync(new URL('build/wasm/dusk-wallet-core.wasm', root)));

function request(inputs: number): Uint8Array<ArrayBuffer> {
  const file = readFileSync(new URL(`tests/vectors/plonk-sound/phoenix-${inputs}.json.gz`, root));
  const vectors = JSON.parse(gunzipSync(file).toString()) as { phoenix: { proofs: { request: string }[] }[] };
  return new Uint8Array(Buffer.from(vectors.phoenix[0]!.proofs[0]!.request, 'hex'));
}

/** Both ends of a wire, of which the far one is served. */
function spawn(): ProverWorker {
  const near: Port = { onmessage: null, postMessage: (message) => deliver(far, message) };
  const far: Port = { onmessage: null, postMessage: (message) => deliver(near, message) };
  const deliver = (to: Port, message: unknown) =>
    queueMicrotask(() => to.onmessage?.({ data: structuredClone(message) } as MessageEvent));
  serve(far);
  return { port: near, onFailure: () => undefined, terminate: () => { far.onmessage = null; } };
}

// Two minutes of one core; a machine that does other things beside takes several times that.
const TIMEOUT = 1_200_000;

describe('the prover', () => {
  const store = new MemoryStore();

  test('proves a transfer with two workers', { timeout: TIMEOUT }, async () => {
    const prover = new Prover({ module, workers: 2, store, spawn });
    const seen: Progress[] = [];
    const proof = await prover.prove(request(1), { onProgress: (progress) => seen.push(progress) });
    expect(proof.length).toBe(1008);
    expect(seen.map(({ stage }) => stage)).toEqual(expect.arrayContaining(['start', 'parameters', 'key', 'proof']));
    expect(seen.at(-1)!.done).toBeGreaterThan(0.95);
    expect(seen.every(({ done }, i) => i === 0 || done >= seen[i - 1]!.done)).toBe(true);
    prover.close();
  });

  test('keeps its key, and does not prove what is false', { timeout: TIMEOUT }, async () => {
    const again = new Prover({ module, workers: 1, store, spawn });
    const stages = new Set<string>();
    expect((await again.prove(request(1), { onProgress: ({ stage }) => stages.add(stage) })).length).toBe(1008);
    expect(await store.get('transfer-1-v1')).not.toBeNull();
    const wrong = request(1);
    wrong[wrong.length - 150]! ^= 1;  // in what its owner signed
    await expect(again.prove(wrong)).rejects.toThrow(/row|request|scalar|point|signature/);
    again.close();
  });

  test('refuses what is no request', async () => {
    const prover = new Prover({ module, workers: 1, store, spawn });
    await expect(prover.prove(new Uint8Array(4))).rejects.toThrow('This is no request for a proof');
    await expect(prover.prove(new Uint8Array(64))).rejects.toThrow('A transfer has 1 to 4 inputs');
    prover.close();
  });

  test('stops when it is told to', { timeout: TIMEOUT }, async () => {
    const prover = new Prover({ module, workers: 1, store, spawn });
    const stop = new AbortController();
    const proof = prover.prove(request(1), { signal: stop.signal, onProgress: ({ stage }) => { if (stage === 'proof') stop.abort(); } });
    await expect(proof).rejects.toThrow(/abort/i);
  });
});

test('shares differ by at most one', () => {
  expect(ranges(10, 3)).toEqual([{ first: 0, count: 3 }, { first: 3, count: 3 }, { first: 6, count: 4 }]);
  expect(ranges(1, 2).reduce((sum, { count }) => sum + count, 0)).toBe(1);
});
