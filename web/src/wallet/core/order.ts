// What a person wants to do, before it is a transaction.
import { parseAddress } from './address';

export type Model = 'public' | 'shielded';

export type Order =
  | { kind: 'send'; to: string; amount: bigint; memo: string }
  | { kind: 'shield'; amount: bigint }
  | { kind: 'unshield'; amount: bigint }
  | { kind: 'stake'; amount: bigint }
  | { kind: 'unstake'; amount: bigint }
  | { kind: 'claim'; amount: bigint }
  | { kind: 'call'; model: Model; contract: string; fn: string; args: Uint8Array; argsText: string; deposit: bigint }
  | { kind: 'cancel'; model: Model };

export type OrderKind = Order['kind'];

// Which balance pays the fee, and what is sent.
export function modelOf(order: Order): Model {
  switch (order.kind) {
    case 'send': {
      const address = parseAddress(order.to);
      return 'error' in address || address.kind === 'public' ? 'public' : 'shielded';
    }
    case 'unshield':
      return 'shielded';
    case 'call':
    case 'cancel':
      return order.model;
    default:
      return 'public';
  }
}

// What leaves the balance that pays, without the fee.
export function amountOf(order: Order): bigint {
  switch (order.kind) {
    case 'send':
    case 'shield':
    case 'unshield':
    case 'stake':
      return order.amount;
    case 'call':
      return order.deposit;
    default:
      return 0n;
  }
}

const MILLION = 1_000_000n;

// Gas that is enough for an order of that kind; what is not spent comes back.
export function usualGas(order: Order): bigint {
  const notes = modelOf(order) === 'shielded' ? 12n * MILLION : 0n;
  switch (order.kind) {
    case 'send':
    case 'cancel':
      return 2_500_000n + notes;
    case 'shield':
      return 40n * MILLION;
    case 'unshield':
      return 18n * MILLION;
    case 'stake':
      return 40n * MILLION;
    case 'unstake':
    case 'claim':
      return 45n * MILLION;
    case 'call':
      return 50n * MILLION + notes;
  }
}

export interface FeeChoice {
  gasLimit: bigint;
  gasPrice: bigint;
}

export function mostFee(fee: FeeChoice): bigint {
  return fee.gasLimit * fee.gasPrice;
}
