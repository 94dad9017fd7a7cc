import { describe, expect, it } from 'vitest';
import { toBigInt } from './json';

describe('whole numbers of a node', () => {
  it('are read from numbers and texts', () => {
    for (const value of [5, '5', 5n]) expect(toBigInt(value)).toBe(5n);
    expect(toBigInt('1000000000000000001')).toBe(1_000_000_000_000_000_001n);
  });

  it('that are none are refused', () => {
    for (const value of [1.5, '1.5', 'x', '', null, undefined, {}, 2 ** 60]) expect(() => toBigInt(value)).toThrow(TypeError);
  });
});
