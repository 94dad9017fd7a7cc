import { describe, expect, it } from 'vitest';
import { duskText, parseDusk } from './amount';

describe('amounts', () => {
  it.each([
    ['1', 1_000_000_000n],
    ['0.000000001', 1n],
    ['.5', 500_000_000n],
    ['12.', 12_000_000_000n],
    [' 1000.25 ', 1_000_250_000_000n],
    ['18446744073.709551615', 2n ** 64n - 1n],
    ['9007199.254740993', 9_007_199_254_740_993n],
  ])('%s is read exactly', (text, lux) => {
    expect(parseDusk(text)).toEqual({ lux });
  });

  it.each([
    ['', 'empty'],
    ['.', 'not_a_number'],
    ['-1', 'not_a_number'],
    ['1e3', 'not_a_number'],
    ['1,5', 'not_a_number'],
    ['0x10', 'not_a_number'],
    ['١', 'not_a_number'],
    ['1.0000000001', 'too_many_decimals'],
    ['18446744073.709551616', 'too_large'],
    ['9'.repeat(100), 'too_large'],
  ])('%s is refused', (text, error) => {
    expect(parseDusk(text)).toEqual({ error });
  });

  it('text and amount are each other', () => {
    for (const lux of [0n, 1n, 999_999_999n, 1_000_000_000n, 123_456_789_012_345_678n, 2n ** 64n - 1n]) {
      expect(parseDusk(duskText(lux))).toEqual({ lux });
    }
  });
});
