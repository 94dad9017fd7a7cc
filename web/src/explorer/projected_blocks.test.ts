import { describe, expect, it } from 'vitest';
import { projectBlocks } from './projected_blocks';

const tx = (gasPrice: bigint, gasLimit: number) => ({ gasPrice, gasLimit });

describe('the next blocks', () => {
  it('are none where nothing waits', () => {
    expect(projectBlocks([], 100, 3)).toEqual([]);
  });

  it('take who pays most first, as long as there is room', () => {
    expect(projectBlocks([tx(1n, 60), tx(9n, 50), tx(5n, 50)], 100, 3)).toEqual([
      { count: 2, gas: 100, from: 5n, to: 9n },
      { count: 1, gas: 60, from: 1n, to: 1n },
    ]);
  });

  it('put all that is left into the last one', () => {
    expect(projectBlocks([tx(3n, 100), tx(2n, 100), tx(1n, 100)], 100, 2)).toEqual([
      { count: 1, gas: 100, from: 3n, to: 3n },
      { count: 2, gas: 200, from: 1n, to: 2n },
    ]);
  });

  it('have no room for what is larger than a block', () => {
    expect(projectBlocks([tx(9n, 101)], 100, 3)).toEqual([]);
  });
});
