// What a block makes anew, by height (the released node's schedule): [last height, LUX a block].
const schedule: readonly (readonly [bigint, bigint])[] = [
  [12_614_400n, 19_857_400_000n],
  [25_228_800n, 9_928_700_000n],
  [37_843_200n, 4_964_350_000n],
  [50_457_600n, 2_482_180_000n],
  [63_072_000n, 1_241_090_000n],
  [75_686_400n, 620_540_000n],
  [88_300_800n, 310_270_000n],
  [100_915_200n, 155_140_000n],
  [113_529_596n, 77_570_000n],
  [113_529_597n, 54_280_000n],
];

/** LUX of all blocks from 1 to this height. */
export function emittedUntil(height: bigint): bigint {
  let sum = 0n;
  let before = 0n;
  for (const [last, perBlock] of schedule) {
    if (height <= before) break;
    const end = height < last ? height : last;
    sum += (end - before) * perBlock;
    before = last;
  }
  return sum;
}
