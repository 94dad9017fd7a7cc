// What the next blocks would hold if nothing else came: who pays most for a gas goes first, as long as the gas limit has room.
import type { Waiting } from '../api/ledger';

export interface ProjectedBlock {
  count: number;
  /** The sum of the limits: what is used in the end is less, so blocks may hold more. */
  gas: number;
  /** LUX a gas, the least and the most. */
  from: bigint;
  to: bigint;
}

/** At most `most` blocks, the next one first; the last one takes all that is left. Without what is larger than a block. */
export function projectBlocks(waiting: readonly Pick<Waiting, 'gasPrice' | 'gasLimit'>[], gasLimit: number, most: number): ProjectedBlock[] {
  const blocks: ProjectedBlock[] = [];
  const sorted = waiting.toSorted((a, b) => (a.gasPrice > b.gasPrice ? -1 : a.gasPrice < b.gasPrice ? 1 : 0));
  for (const { gasPrice, gasLimit: gas } of sorted) {
    if (gas > gasLimit) continue;
    let block = blocks.at(-1);
    if (!block || (block.gas + gas > gasLimit && blocks.length < most)) {
      block = { count: 0, gas: 0, from: gasPrice, to: gasPrice };
      blocks.push(block);
    }
    block.count++;
    block.gas += gas;
    block.from = gasPrice;
  }
  return blocks;
}
