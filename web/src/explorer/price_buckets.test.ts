import { describe, expect, it } from 'vitest';
import { priceBuckets } from './price_buckets';

const pays = (gasPrice: bigint, gasLimit = 10): { gasPrice: bigint; gasLimit: number } => ({ gasPrice, gasLimit });

describe('buckets of prices', () => {
  it('are none of nothing, one of one price', () => {
    expect(priceBuckets([])).toEqual([]);
    expect(priceBuckets([pays(7n), pays(7n)])).toMatchObject([{ from: 7n, to: 7n, gas: 20, count: 2 }]);
  });

  it('hold every transaction once, side by side, from the lowest to the highest', () => {
    for (const prices of [[1n, 2n, 3n], [1n, 16n], [1n, 17n], [1n, 1000n, 5n, 5n], [3n, 10n ** 15n], [2n ** 63n, 1n], [999n, 1040n, 1020n]]) {
      const buckets = priceBuckets(prices.map((price) => pays(price)));
      expect(buckets.length).toBeLessThanOrEqual(16);
      expect(buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(prices.length);
      expect(buckets[0]?.from).toBe(prices.reduce((a, b) => (a < b ? a : b)));
      expect(buckets.at(-1)?.to).toBe(prices.reduce((a, b) => (a > b ? a : b)));
      buckets.forEach((bucket, i) => {
        expect(bucket.from <= bucket.to).toBe(true);
        if (i > 0) expect(bucket.from).toBe((buckets[i - 1]?.to ?? 0n) + 1n);
      });
    }
  });
});
