// Which chain the node is on, and what works there.
import type { NodeClient, Tip } from './node';
import { toBigInt } from './json';
import { hasFaucet } from './node_extras';

const DEVNET_CHAIN = 100;

export interface ChainFacts {
  chainId: number;
  key: string; // names the chain: another one with the same number has another first block
  version: string; // of the node
  isOurs: boolean; // it has the routes of node_extras.ts
  hasArchive: boolean;
  hasFaucet: boolean;
  shieldedWorks: boolean; // whether the network takes shielded payments at this height
}

// A feature is on from a height, or in spans of heights.
export function isActive(activation: unknown, height: bigint): boolean {
  try {
    if (!Array.isArray(activation)) return toBigInt(activation) <= height;
    return activation.some((span: unknown) => Array.isArray(span) && toBigInt(span[0]) <= height && height <= toBigInt(span[1]));
  } catch {
    return false;
  }
}

export async function chainFacts(node: NodeClient, tip: Tip): Promise<ChainFacts> {
  const [info, chainId, first, fields] = await Promise.all([
    node.info(),
    node.chainId(),
    node.blockAt(0n).catch(() => null),
    node.graphql('{ __type(name: "Query") { fields { name } } }').catch(() => null),
  ]);
  const isOurs = info.build.startsWith('dusk ');
  return {
    isOurs,
    hasArchive: JSON.stringify(fields ?? '').includes('fullMoonlightHistory'),
    hasFaucet: isOurs && chainId === DEVNET_CHAIN && (await hasFaucet(node)),
    chainId,
    key: `${chainId}-${(first ?? 'unknown').slice(0, 16)}`,
    version: info.version,
    shieldedWorks: !isActive(info.features.DISABLE_PHOENIX, tip.height),
  };
}
