import { describe, expect, it } from 'vitest';
import { parseAddress, type Address } from './address';
import { parsePaymentUri, paymentUri } from './payment_uri';
import { vectors } from '../../codecs/vectors';

interface KeyVectors {
  keys: { profiles: { account: string }[] }[];
}

describe('requests for payment', () => {
  const text = (vectors('keys') as KeyVectors).keys[0]!.profiles[0]!.account;
  const address = parseAddress(text) as Address;

  it('are written and read alike', () => {
    const request = { address, amount: 12_500_000_000n, label: 'Alice & Söhne', memo: 'invoice 17 (100%)' };
    const uri = paymentUri(request);
    expect(uri).toBe(`dusk:${text}?amount=12.5&label=Alice%20%26%20S%C3%B6hne&memo=invoice%2017%20%28100%25%29`);
    expect(parsePaymentUri(uri)).toEqual(request);
    expect(parsePaymentUri(`DUSK:${text}`)).toEqual({ address });
    expect(parsePaymentUri(`dusk:${text}?later=1`)).toEqual({ address });
  });

  it.each([
    ['bitcoin:abc', 'not_a_request'],
    ['dusk:abc', 'bad_address'],
    ['dusk:ADDRESS?amount=1e9', 'bad_amount'],
    ['dusk:ADDRESS?amount=1&amount=2', 'bad_parameter'],
    ['dusk:ADDRESS?memo', 'bad_parameter'],
    ['dusk:ADDRESS?memo=%zz', 'bad_parameter'],
    ['dusk:ADDRESS?memo=%00', 'bad_parameter'],
    ['dusk:ADDRESS?req-expiry=1', 'unknown_demand'],
    [`dusk:ADDRESS?memo=${'x'.repeat(513)}`, 'memo_too_long'],
    [`dusk:ADDRESS?memo=${'x'.repeat(5000)}`, 'too_long'],
  ])('%s is refused', (uri, error) => {
    expect(parsePaymentUri(uri.replace('ADDRESS', text))).toEqual({ error });
  });
});
