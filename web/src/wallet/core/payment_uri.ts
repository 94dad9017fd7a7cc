// Requests for payment as text or QR code, the same form as `dusk wallet receive` writes:
//     dusk:ADDRESS?amount=12.5&label=Alice&memo=invoice%2017
import { duskText, parseDusk } from './amount';
import { parseAddress, type Address } from './address';

export const MEMO_MAX_BYTES = 512;

export interface PaymentRequest {
  address: Address;
  amount?: bigint;
  label?: string;
  memo?: string;
}

export type PaymentUriError =
  'not_a_request' | 'too_long' | 'bad_address' | 'bad_parameter' | 'bad_amount' | 'memo_too_long' | 'unknown_demand';

export function memoBytes(memo: string): Uint8Array {
  return new TextEncoder().encode(memo);
}

// Everything but letters, digits and "-._~" is percent-encoded.
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function paymentUri(request: PaymentRequest): string {
  const parameters: string[] = [];
  if (request.amount !== undefined) parameters.push(`amount=${duskText(request.amount)}`);
  if (request.label) parameters.push(`label=${encode(request.label)}`);
  if (request.memo) parameters.push(`memo=${encode(request.memo)}`);
  return `dusk:${request.address.text}${parameters.length ? `?${parameters.join('&')}` : ''}`;
}

// Unknown parameters are ignored, but for those that begin with "req-": the request says not to pay then.
export function parsePaymentUri(input: string): PaymentRequest | { error: PaymentUriError } {
  const text = input.trim();
  if (!/^dusk:/i.test(text)) return { error: 'not_a_request' };
  if (text.length > 4096) return { error: 'too_long' };
  const [head = '', ...rest] = text.slice(5).split('?');
  const address = parseAddress(head);
  if ('error' in address) return { error: 'bad_address' };
  const request: PaymentRequest = { address };
  const seen = new Set<string>();
  for (const pair of rest.join('?').split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    if (at <= 0) return { error: 'bad_parameter' };
    const name = pair.slice(0, at);
    let value: string;
    try {
      value = decodeURIComponent(pair.slice(at + 1));
    } catch {
      return { error: 'bad_parameter' };
    }
    if (seen.has(name) || /[\u0000-\u001f\u007f]/.test(value)) return { error: 'bad_parameter' };
    seen.add(name);
    if (name === 'amount') {
      const amount = parseDusk(value);
      if ('error' in amount) return { error: 'bad_amount' };
      request.amount = amount.lux;
    } else if (name === 'label') {
      request.label = value;
    } else if (name === 'memo') {
      if (memoBytes(value).length > MEMO_MAX_BYTES) return { error: 'memo_too_long' };
      request.memo = value;
    } else if (name.startsWith('req-')) {
      return { error: 'unknown_demand' };
    }
  }
  return request;
}
