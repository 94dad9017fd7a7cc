// Amounts: whole lux as bigint, text in DUSK. 1 DUSK = 10^9 lux. There is no floating point anywhere.
import { luxPerDusk } from '../../codecs/lux';
import { U64_MAX } from './bytes';

export type AmountError = 'empty' | 'not_a_number' | 'too_many_decimals' | 'too_large';

export type ParsedAmount = { lux: bigint } | { error: AmountError };

// "12", "12.5", ".5"; at most nine decimals, no sign, no exponent, no grouping.
export function parseDusk(text: string): ParsedAmount {
  const trimmed = text.trim();
  if (trimmed === '') return { error: 'empty' };
  const match = /^(\d*)(?:\.(\d*))?$/.exec(trimmed);
  if (!match || (match[1] === '' && !match[2])) return { error: 'not_a_number' };
  const decimals = match[2] ?? '';
  if (decimals.length > 9) return { error: 'too_many_decimals' };
  if (trimmed.length > 40) return { error: 'too_large' };
  const lux = BigInt(match[1] || '0') * luxPerDusk + BigInt(decimals.padEnd(9, '0'));
  return lux > U64_MAX ? { error: 'too_large' } : { lux };
}

// Exact, without zeros at the end, for fields and files: "1234.5".
export function duskText(lux: bigint): string {
  const sign = lux < 0n ? '-' : '';
  const abs = lux < 0n ? -lux : lux;
  const decimals = (abs % luxPerDusk).toString().padStart(9, '0').replace(/0+$/, '');
  return `${sign}${abs / luxPerDusk}${decimals && `.${decimals}`}`;
}
