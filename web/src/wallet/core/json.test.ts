import { describe, expect, it } from 'vitest';
import { parseJson, toBigInt } from './json';

describe('JSON of a node', () => {
  it('keeps every digit of a balance', () => {
    const value = parseJson(
      '{"balance":1000000000000000001,"nonce":3,"text":"1000000000000000001 \\" 9007199254740993","f":1.5}',
    ) as Record<string, unknown>;
    expect(value).toEqual({ balance: '1000000000000000001', nonce: 3, text: '1000000000000000001 " 9007199254740993', f: 1.5 });
    expect(toBigInt(value.balance)).toBe(1_000_000_000_000_000_001n);
    expect(toBigInt(value.nonce)).toBe(3n);
  });

  it('that is no whole number is refused', () => {
    for (const value of [1.5, '1.5', 'x', '', null, undefined, {}, 2 ** 60]) expect(() => toBigInt(value)).toThrow(TypeError);
    expect(() => parseJson('{')).toThrow(SyntaxError);
  });
});
