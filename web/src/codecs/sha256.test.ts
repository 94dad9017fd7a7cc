import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toHex } from './hex';
import { sha256 } from './sha256';

describe('SHA-256', () => {
  it('is that of OpenSSL at every length around the blocks', () => {
    for (const length of [0, 1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 121, 128, 1000, 65_536]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 131 + length) & 255);
      expect(toHex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });
});
