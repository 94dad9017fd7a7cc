import type { Waiting } from '../api/ledger';
import { formatCount } from '../codecs/lux';

export interface PriceBucket {
  /** LUX a gas, both included. */
  from: bigint;
  to: bigint;
  gas: number;
  count: number;
  text: string;
}

/** Between 1 and 16 buckets from the lowest to the highest price: single prices where these are few, else ever wider ones. */
export function priceBuckets(waiting: readonly Pick<Waiting, 'gasPrice' | 'gasLimit'>[]): PriceBucket[] {
  if (waiting.length === 0) return [];
  let low = waiting[0]?.gasPrice ?? 1n;
  let high = low;
  for (const { gasPrice } of waiting) {
    if (gasPrice < low) low = gasPrice;
    if (gasPrice > high) high = gasPrice;
  }
  const buckets = edges(low, high).map(([from, to]) => ({
    from,
    to,
    gas: 0,
    count: 0,
    text: from === to ? formatCount(from) : `${formatCount(from)}–${formatCount(to)}`,
  }));
  for (const { gasPrice, gasLimit } of waiting) {
    const bucket = buckets.find(({ to }) => gasPrice <= to);
    if (!bucket) continue;
    bucket.gas += gasLimit;
    bucket.count++;
  }
  return buckets;
}

const most = 16;

function edges(low: bigint, high: bigint): [bigint, bigint][] {
  if (high - low < BigInt(most)) return Array.from({ length: Number(high - low) + 1 }, (_, i) => [low + BigInt(i), low + BigInt(i)]);
  const ratio = Math.log(Number(high) / Math.max(1, Number(low))) / most;
  const ends: bigint[] = [];
  for (let i = 1; i < most; i++) {
    const end = BigInt(Math.floor(Math.max(1, Number(low)) * Math.exp(ratio * i)));
    const before = ends.at(-1) ?? low - 1n;
    if (end > before && end < high) ends.push(end);
  }
  ends.push(high);
  return ends.map((end, i) => [i === 0 ? low : (ends[i - 1] ?? low) + 1n, end]);
}
