import { describe, expect, it } from 'vitest';
import { toBase58 } from '../../codecs/base58';
import { parseAddress } from './address';
import { fromHex } from '../../codecs/hex';
import { vectors } from '../../codecs/vectors';

interface KeyVectors {
  keys: { profiles: { account: string; address: string; bls_pk: string; phoenix_pk: string }[] }[];
}

describe('addresses', () => {
  const profiles = (vectors('keys') as KeyVectors).keys.flatMap((entry) => entry.profiles);

  it('are the base58 text of the keys', () => {
    expect(profiles.length).toBeGreaterThan(10);
    for (const { account, address, bls_pk, phoenix_pk } of profiles) {
      expect(parseAddress(account)).toEqual({ kind: 'public', text: account, bytes: fromHex(bls_pk) });
      expect(parseAddress(` ${address}\n`)).toEqual({ kind: 'shielded', text: address, bytes: fromHex(phoenix_pk) });
      expect(toBase58(fromHex(bls_pk)!)).toBe(account);
    }
  });

  it('of another form are refused', () => {
    const { address } = profiles[0]!;
    expect(parseAddress('')).toEqual({ error: 'empty' });
    expect(parseAddress(`${address}0`)).toEqual({ error: 'bad_letter' });
    expect(parseAddress(address.slice(2))).toEqual({ error: 'wrong_length' });
    expect(parseAddress(`${address}z`)).toEqual({ error: 'wrong_length' });
    expect(parseAddress('1'.repeat(10_000))).toEqual({ error: 'wrong_length' });
  });
});
