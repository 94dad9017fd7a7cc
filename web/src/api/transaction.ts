// A transaction as every node tells it: over GraphQL (`json`) and in events.
import { parseExactJson } from '../codecs/exact_json';
import { fromBase64, fromHex } from '../codecs/hex';
import { Fields } from './fields';

export interface Call {
  contract: string;
  function: string;
  argument: Uint8Array;
}

export interface Note {
  isObfuscated: boolean;
  /** Base58 of the one-time address. */
  stealthAddress: string;
  valueCommitment: string[];
}

export interface Transaction {
  id: string;
  family: 'public' | 'shielded';
  /** Base58; null where it is hidden. */
  sender: string | null;
  /** Null where it is hidden, or where a transaction pays nobody. */
  receiver: string | null;
  /** LUX to the receiver; null where it is hidden. */
  value: bigint | null;
  nonce: bigint | null;
  /** LUX that go to the called contract; also public in shielded ones. */
  deposit: bigint;
  gasLimit: bigint;
  gasPrice: bigint;
  refundAddress: string;
  call: Call | null;
  isDeploy: boolean;
  /** Of a deployment. */
  deployed: string | null;
  memo: Uint8Array | null;
  blobHashes: string[];
  /** Of shielded ones. */
  nullifiers: string[];
  outputs: Note[];
  root: string | null;
}

/** In one word what a transaction is for: the function it calls, or deploy, blob, transfer. */
export function methodOf(transaction: Transaction): string {
  if (transaction.blobHashes.length > 0) return 'blob';
  if (transaction.isDeploy) return 'deploy';
  return transaction.call?.function ?? 'transfer';
}

export function maxFee(transaction: Transaction): bigint {
  return transaction.gasLimit * transaction.gasPrice;
}

/** Of the object of events and of the text of `Transaction.json`. */
export function readTransaction(id: string, json: Fields): Transaction {
  const isShielded = json.text('type') === 'phoenix';
  const fee = json.object('fee');
  const call = json.maybeObject('call');
  const memo = json.maybeText('memo');
  const sender = isShielded ? null : json.text('sender');
  const value = isShielded ? null : json.lux('value');
  // A receiver that is the sender is left out.
  const receiver = isShielded ? null : (json.maybeText('receiver') ?? (value !== null && value > 0n ? sender : null));
  return {
    id,
    family: isShielded ? 'shielded' : 'public',
    sender,
    receiver,
    value,
    nonce: isShielded ? null : json.lux('nonce'),
    deposit: json.maybeLux('deposit') ?? 0n,
    gasLimit: fee.lux('gas_limit'),
    gasPrice: fee.lux('gas_price'),
    refundAddress: fee.text('refund_address'),
    call: call && {
      contract: call.text('contract'),
      function: call.text('fn_name'),
      argument: fromBase64(call.text('fn_args')) ?? new Uint8Array(),
    },
    isDeploy: json.flag('is_deploy'),
    deployed: null,
    memo: memo === null ? null : fromHex(memo),
    blobHashes: [],
    nullifiers: json.maybeList('nullifiers').filter((item) => typeof item === 'string'),
    outputs: json.maybeList('outputs').map((item) => {
      const note = Fields.of(item, 'outputs');
      return {
        isObfuscated: note.number('type') !== 0,
        stealthAddress: note.text('stealth_address'),
        valueCommitment: note.maybeList('value_commitment').filter((part) => typeof part === 'string'),
      };
    }),
    root: json.maybeText('root'),
  };
}

/** What to ask of a GraphQL `Transaction`. */
export const transactionQuery = 'id json blobHashes contractId';

export function readGraphqlTransaction(fields: Fields): Transaction {
  const transaction = readTransaction(fields.text('id'), Fields.of(parseExactJson(fields.text('json'))));
  return {
    ...transaction,
    deployed: fields.maybeText('contractId'),
    blobHashes: fields.maybeList('blobHashes').filter((hash) => typeof hash === 'string'),
  };
}
