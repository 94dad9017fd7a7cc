// Amounts are whole LUX in bigints; 1 DUSK is 10^9 LUX. Nothing here rounds unless its name says so.

export const luxPerDusk = 1_000_000_000n;

/** From a decimal string or a number of a node. Null where it is neither a whole number. */
export function toLux(value: unknown): bigint | null {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : null;
  return typeof value === 'string' && /^-?\d{1,40}$/.test(value) ? BigInt(value) : null;
}

export function groupDigits(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** In DUSK, all digits that are not zero: `1,234.5`. */
export function formatDusk(lux: bigint): string {
  const sign = lux < 0n ? '-' : '';
  const size = lux < 0n ? -lux : lux;
  const fraction = (size % luxPerDusk).toString().padStart(9, '0').replace(/0+$/, '');
  return sign + groupDigits((size / luxPerDusk).toString()) + (fraction ? `.${fraction}` : '');
}

/** In DUSK with at most `digits` after the point, cut and not rounded: what is shown is never more than there is. */
export function formatDuskCut(lux: bigint, digits: number): string {
  const unit = 10n ** BigInt(9 - digits);
  return formatDusk((lux / unit) * unit);
}

/** `1.2 M`, `3.4 k`: for charts and tiles whose exact number stands beside them. */
export function formatRough(value: number): string {
  const size = Math.abs(value);
  for (const [unit, name] of [[1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k']] as const) {
    if (size >= unit) return `${trim(value / unit)} ${name}`;
  }
  return trim(value);
}

/** `12.3 kB`, in thousands. */
export function formatBytes(value: number): string {
  const rough = formatRough(value);
  return `${rough}${/\d$/.test(rough) ? ' ' : ''}B`;
}

function trim(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2);
}

export function formatCount(value: number | bigint): string {
  return groupDigits(value.toString());
}

/** What a person typed, in DUSK with a point, into LUX. Null where it is no such number or finer than a LUX. */
export function parseDusk(text: string): bigint | null {
  const found = /^(\d{1,20})(?:\.(\d{1,9}))?$/.exec(text.trim().replace(/,(?=\d{3}(?:\D|$))/g, ''));
  if (!found) return null;
  return BigInt(found[1] ?? '0') * luxPerDusk + BigInt((found[2] ?? '').padEnd(9, '0'));
}
