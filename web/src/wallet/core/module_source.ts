// Where the wallet module comes from: the node serves the one that fits its network (docs/interfaces.md).
import { NodeError } from './node';

const NAMES = ['wallet-core-1.6.1.wasm', 'wallet-core-1.6.0.wasm'];

// The address names the network, so that a module of another network that answered here once is not taken from the
// browser's store.
export function moduleUrl(base: string, name: string, chainId: number, version: string): string {
  return `${base}/static/drivers/${name}?chain=${chainId}&node=${encodeURIComponent(version)}`;
}

// A NodeError 'not_offered' where the node has none.
export async function fetchModule(base: string, chainId: number, version: string): Promise<ArrayBuffer> {
  for (const name of NAMES) {
    const answer = await fetch(moduleUrl(base, name, chainId, version)).catch(() => null);
    if (!answer) throw new NodeError('no_answer');
    if (answer.ok) return answer.arrayBuffer();
  }
  throw new NodeError('not_offered', 'wallet-core');
}
