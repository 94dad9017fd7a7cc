// The powers of the public parameters, and how much of them a transfer needs.
import { COMPRESSED_SIZE, ProverError } from './module';

/** Bytes before the points of parameters in the checked format: the opening key. */
const OPENING_KEY_SIZE = 240;
const SPARE_POWERS = 10;

/** log2 of the domain of the circuit for 1 to 4 inputs. */
export function domainOf(inputs: number): number {
  if (!Number.isInteger(inputs) || inputs < 1 || inputs > 4) throw new ProverError('A transfer has 1 to 4 inputs');
  return inputs <= 2 ? 16 : 17;
}

export function powersOf(log2Domain: number): number {
  return 2 ** log2Domain + SPARE_POWERS;
}

/** Splits `count` things into consecutive ranges that differ by at most one. */
export function ranges(count: number, parts: number): { first: number; count: number }[] {
  return Array.from({ length: parts }, (_, part) => {
    const first = Math.floor((count * part) / parts);
    return { first, count: Math.floor((count * (part + 1)) / parts) - first };
  });
}

/** The first `count` compressed powers of what a node answers to `/on/node/crs`; the rest is not downloaded. */
export async function downloadPowers(url: string, count: number, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url, { method: 'POST', headers: { Accept: 'application/octet-stream' }, ...(signal && { signal }) });
  if (!response.ok || response.body === null) {
    throw new ProverError(`The node gives no public parameters (status ${response.status})`);
  }
  const wanted = OPENING_KEY_SIZE + count * COMPRESSED_SIZE;
  const bytes = new Uint8Array(wanted);
  const reader = response.body.getReader();
  let filled = 0;
  while (filled < wanted) {
    const { done, value } = await reader.read();
    if (done) throw new ProverError('The public parameters of the node are too small for this circuit');
    const taken = value.subarray(0, wanted - filled);
    bytes.set(taken, filled);
    filled += taken.length;
  }
  await reader.cancel();
  return bytes.slice(OPENING_KEY_SIZE);
}
