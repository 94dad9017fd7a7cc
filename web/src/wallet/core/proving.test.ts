import { describe, expect, it } from 'vitest';
import { NodeClient } from './node';
import { NodeProving } from './proving';

const proofBy = (ask: typeof fetch) => new NodeProving(new NodeClient('', ask)).prove(Uint8Array.of(1), () => undefined);
const answering = (status: number, body: string) => proofBy(() => Promise.resolve(new Response(body, { status })));

describe('the prover of the node', () => {
  it('gives the bytes of the proof', async () => {
    expect(await answering(200, 'ab')).toEqual(Uint8Array.of(0x61, 0x62));
  });

  it('that is not there is told from one that gives nothing', async () => {
    await expect(answering(501, '')).rejects.toMatchObject({ reason: 'no_prover' });
    await expect(answering(502, '')).rejects.toMatchObject({ reason: 'no_proof' });
    await expect(proofBy(() => Promise.reject(new TypeError('hung up')))).rejects.toMatchObject({ reason: 'no_proof' });
  });

  it('says itself what it does not take', async () => {
    await expect(answering(400, '{"error":"signature format"}')).rejects.toMatchObject({ reason: 'refused', detail: 'signature format' });
  });
});
