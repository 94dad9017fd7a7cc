// What a page of another origin may ask this wallet, and in which form (docs/dapps.md). The page opens /ui/connect in a
// window and sends messages; the browser says which origin they come from, and nothing else about it is believed.
import { fromHex, toHex } from '../../codecs/hex';
import { parseAddress } from './address';
import { MEMO_MAX_BYTES, memoBytes } from './payment_uri';
import type { FeeChoice, Order } from './order';
import { U64_MAX } from './bytes';

export const DAPP_PROTOCOL = 'dusk-connect/1';

// JSON-RPC in shape: the codes are those that wallets in browsers share.
export const ERRORS = {
  declined: { code: 4001, message: 'The user declined.' },
  notConnected: { code: 4100, message: 'This page is not connected: ask for dusk_requestProfiles first.' },
  unknownMethod: { code: 4200, message: 'The wallet does not know this method.' },
  badParameters: { code: -32602, message: 'The parameters are not what the method takes.' },
  failed: { code: -32603, message: 'It did not work.' },
} as const;

export interface DappError {
  code: number;
  message: string;
}

export interface DappRequest {
  id: string | number;
  method: string;
  params: unknown;
}

export type Ask =
  | { ask: 'capabilities' | 'chain' | 'profiles' | 'disconnect' | 'balance' }
  | { ask: 'connect'; withShielded: boolean }
  | { ask: 'sign'; message: string }
  | { ask: 'send'; order: Order; fee: Partial<FeeChoice> };

export interface Permission {
  origin: string;
  profile: number;
  withShielded: boolean;
  granted: number; // milliseconds since 1970
}

export const METHODS = [
  'dusk_getCapabilities',
  'dusk_requestProfiles',
  'dusk_profiles',
  'dusk_chainId',
  'dusk_getPublicBalance',
  'dusk_sendTransaction',
  'dusk_signMessage',
  'dusk_disconnect',
] as const;

const MESSAGE_MAX_BYTES = 4096;
const FN_NAME_MAX = 64;
const FN_ARGS_MAX = 65536;

// Nothing where the message is not one of the protocol: other scripts of the page may talk to their windows, too.
export function readRequest(data: unknown): DappRequest | null {
  if (typeof data !== 'object' || data === null) return null;
  const { protocol, id, method, params } = data as Record<string, unknown>;
  if (protocol !== DAPP_PROTOCOL || typeof method !== 'string') return null;
  if (typeof id !== 'string' && typeof id !== 'number') return null;
  return { id, method, params };
}

export function readAsk(request: DappRequest): Ask | DappError {
  const params = typeof request.params === 'object' && request.params !== null ? (request.params as Record<string, unknown>) : {};
  switch (request.method) {
    case 'dusk_getCapabilities':
      return { ask: 'capabilities' };
    case 'dusk_chainId':
      return { ask: 'chain' };
    case 'dusk_profiles':
      return { ask: 'profiles' };
    case 'dusk_getPublicBalance':
      return { ask: 'balance' };
    case 'dusk_disconnect':
      return { ask: 'disconnect' };
    case 'dusk_requestProfiles':
      return { ask: 'connect', withShielded: params.shieldedReceiveAddress === true };
    case 'dusk_signMessage':
      return readMessage(params.message);
    case 'dusk_sendTransaction':
      return readTransaction(params);
    default:
      return ERRORS.unknownMethod;
  }
}

function bad(what: string): DappError {
  return { code: ERRORS.badParameters.code, message: what };
}

function readMessage(message: unknown): Ask | DappError {
  if (typeof message !== 'string' || message === '') return bad('message: a text');
  if (new TextEncoder().encode(message).length > MESSAGE_MAX_BYTES) return bad(`message: at most ${MESSAGE_MAX_BYTES} bytes`);
  return { ask: 'sign', message };
}

// Lux as text or a whole number.
function lux(value: unknown): bigint | null {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string' || !/^\d{1,20}$/.test(text)) return null;
  const amount = BigInt(text);
  return amount <= U64_MAX ? amount : null;
}

function readFee(gas: unknown): Partial<FeeChoice> | null {
  if (gas === undefined || gas === null) return {};
  if (typeof gas !== 'object') return null;
  const { limit, price } = gas as Record<string, unknown>;
  const gasLimit = limit === undefined ? undefined : lux(limit);
  const gasPrice = price === undefined ? undefined : lux(price);
  if (gasLimit === null || gasPrice === null) return null;
  return { ...(gasLimit === undefined ? {} : { gasLimit }), ...(gasPrice === undefined ? {} : { gasPrice }) };
}

function readTransaction(params: Record<string, unknown>): Ask | DappError {
  const fee = readFee(params.gas);
  if (!fee) return bad('gas: {limit, price} as whole numbers');
  if (params.kind === 'transfer') return readTransfer(params, fee);
  if (params.kind === 'contract_call') return readCall(params, fee);
  return bad('kind: "transfer" or "contract_call"');
}

function readTransfer(params: Record<string, unknown>, fee: Partial<FeeChoice>): Ask | DappError {
  const to = parseAddress(typeof params.to === 'string' ? params.to : '');
  if ('error' in to) return bad('to: an address or account in base58');
  const amount = lux(params.amount);
  if (amount === null || amount === 0n) return bad('amount: lux, as text');
  const memo = params.memo ?? '';
  if (typeof memo !== 'string' || memoBytes(memo).length > MEMO_MAX_BYTES) return bad(`memo: text of at most ${MEMO_MAX_BYTES} bytes`);
  return { ask: 'send', order: { kind: 'send', to: to.text, amount, memo }, fee };
}

function readCall(params: Record<string, unknown>, fee: Partial<FeeChoice>): Ask | DappError {
  const contract = typeof params.contractId === 'string' ? fromHex(params.contractId.replace(/^0x/i, '')) : null;
  if (contract?.length !== 32) return bad('contractId: 64 hexadecimal digits');
  const fn = params.fnName;
  if (typeof fn !== 'string' || !/^[\x21-\x7e]+$/.test(fn) || fn.length > FN_NAME_MAX) return bad('fnName: a name');
  const args = readBytes(params.fnArgs);
  if (!args || args.length > FN_ARGS_MAX) return bad(`fnArgs: at most ${FN_ARGS_MAX} bytes, in hexadecimal`);
  const deposit = params.deposit === undefined ? 0n : lux(params.deposit);
  if (deposit === null) return bad('deposit: lux, as text');
  const model = params.privacy ?? 'public';
  if (model !== 'public' && model !== 'shielded') return bad('privacy: "public" or "shielded"');
  return { ask: 'send', order: { kind: 'call', model, contract: toHex(contract), fn, args, argsText: '', deposit }, fee };
}

function readBytes(value: unknown): Uint8Array | null {
  if (value === undefined || value === null) return new Uint8Array();
  if (value instanceof Uint8Array) return value.slice();
  if (value instanceof ArrayBuffer) return new Uint8Array(value.slice(0));
  return typeof value === 'string' ? fromHex(value.replace(/^0x/i, '')) : null;
}

// What is signed: never the bytes of the page alone, so that a signature is good for this page and network only, and
// can be nothing else (a transaction, a vote).
export function messageToSign(origin: string, chainId: number, message: string): Uint8Array {
  return new TextEncoder().encode(`Dusk signed message\norigin: ${origin}\nchain: dusk:${chainId}\n\n${message}`);
}
