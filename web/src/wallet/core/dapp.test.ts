import { describe, expect, it } from 'vitest';
import { DAPP_PROTOCOL, ERRORS, messageToSign, METHODS, readAsk, readRequest } from './dapp';
import { vectors } from '../../codecs/vectors';

const account = (vectors('keys') as { keys: { profiles: { account: string }[] }[] }).keys[0]!.profiles[0]!.account;
const ask = (method: string, params: unknown) => readAsk({ id: 1, method, params });
const codeOf = (method: string, params: unknown) => (ask(method, params) as { code?: number }).code;

describe('requests of pages', () => {
  it('are told from other messages', () => {
    expect(readRequest({ protocol: DAPP_PROTOCOL, id: 1, method: 'x', params: [] })).toEqual({ id: 1, method: 'x', params: [] });
    for (const data of [null, 1, 'x', {}, { protocol: 'other', id: 1, method: 'x' }, { protocol: DAPP_PROTOCOL, method: 'x' }]) {
      expect(readRequest(data)).toBeNull();
    }
  });

  it('every method that is offered is understood', () => {
    for (const method of METHODS) expect(codeOf(method, {})).not.toBe(ERRORS.unknownMethod.code);
    expect(codeOf('eth_sign', {})).toBe(ERRORS.unknownMethod.code);
  });

  it('payments become orders', () => {
    expect(
      ask('dusk_sendTransaction', { kind: 'transfer', to: account, amount: '1500000000', memo: 'hi', gas: { limit: '5', price: 2 } }),
    ).toEqual({
      ask: 'send',
      order: { kind: 'send', to: account, amount: 1_500_000_000n, memo: 'hi' },
      fee: { gasLimit: 5n, gasPrice: 2n },
    });
  });

  it('calls become orders', () => {
    const contractId = `0x${'AB'.repeat(32)}`;
    expect(ask('dusk_sendTransaction', { kind: 'contract_call', contractId, fnName: 'inc', fnArgs: '0x0102', deposit: '7' })).toEqual({
      ask: 'send',
      order: { kind: 'call', model: 'public', contract: 'ab'.repeat(32), fn: 'inc', args: Uint8Array.of(1, 2), argsText: '', deposit: 7n },
      fee: {},
    });
  });

  it.each([
    [{ kind: 'deploy' }],
    [{ kind: 'transfer', to: account }],
    [{ kind: 'transfer', to: account, amount: '0' }],
    [{ kind: 'transfer', to: account, amount: '-1' }],
    [{ kind: 'transfer', to: account, amount: 1.5 }],
    [{ kind: 'transfer', to: account, amount: '18446744073709551616' }],
    [{ kind: 'transfer', to: 'abc', amount: '1' }],
    [{ kind: 'transfer', to: account, amount: '1', memo: 'x'.repeat(513) }],
    [{ kind: 'transfer', to: account, amount: '1', gas: 'much' }],
    [{ kind: 'contract_call', contractId: 'ab', fnName: 'inc' }],
    [{ kind: 'contract_call', contractId: 'ab'.repeat(32), fnName: 'a b' }],
    [{ kind: 'contract_call', contractId: 'ab'.repeat(32), fnName: 'x'.repeat(65) }],
    [{ kind: 'contract_call', contractId: 'ab'.repeat(32), fnName: 'inc', fnArgs: '0xzz' }],
    [{ kind: 'contract_call', contractId: 'ab'.repeat(32), fnName: 'inc', privacy: 'secret' }],
    [null],
  ])('%o is refused', (params) => {
    expect(codeOf('dusk_sendTransaction', params)).toBe(ERRORS.badParameters.code);
  });

  it('what is signed names the page and the network', () => {
    expect(new TextDecoder().decode(messageToSign('https://a.example', 100, 'log in'))).toBe(
      'Dusk signed message\norigin: https://a.example\nchain: dusk:100\n\nlog in',
    );
    expect(codeOf('dusk_signMessage', { message: '' })).toBe(ERRORS.badParameters.code);
    expect(codeOf('dusk_signMessage', { message: 'x'.repeat(5000) })).toBe(ERRORS.badParameters.code);
  });
});
