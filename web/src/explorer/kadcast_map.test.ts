import { describe, expect, it } from 'vitest';
import { placeOfId, sectorOf } from './kadcast_map';

describe('the map of the tree', () => {
  it('reads identifiers from their highest byte, which is the last', () => {
    expect(placeOfId('00'.repeat(16))).toBe(0);
    expect(placeOfId(`${'00'.repeat(15)}80`)).toBe(0.5);
    expect(placeOfId(`${'00'.repeat(14)}0140`)).toBe(0.25 + 1 / 65_536);
    expect(placeOfId(`${'ff'.repeat(16)}`)).toBeLessThanOrEqual(1);
    for (const wrong of ['', 'ff', 'g'.repeat(32)]) expect(placeOfId(wrong)).toBeNull();
  });

  it('puts every identifier into the sector of its bucket', () => {
    let seed = 1;
    const byte = (): number => (seed = (seed * 48_271) % 2_147_483_647) & 255;
    for (let round = 0; round < 500; round++) {
      const [own, other] = [0, 1].map(() => Array.from({ length: 16 }, byte)) as [number[], number[]];
      let bucket = -1;
      for (let bit = 127; bit >= 0 && bucket < 0; bit--) {
        if ((((own[bit >> 3] ?? 0) ^ (other[bit >> 3] ?? 0)) >> (bit & 7)) & 1) bucket = bit;
      }
      const text = (bytes: number[]): string => bytes.map((value) => value.toString(16).padStart(2, '0')).join('');
      const sector = sectorOf(placeOfId(text(own)) ?? -1, 127 - bucket);
      const place = placeOfId(text(other)) ?? -1;
      expect(place).toBeGreaterThanOrEqual(sector.from);
      expect(place).toBeLessThan(sector.to);
    }
  });
});
