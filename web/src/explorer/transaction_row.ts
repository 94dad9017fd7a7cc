// What lists of transactions show of one, from whichever source it came.
import type { TransactionRow as ArchivedRow } from '../api/archive';
import { feeOf, type SpentTransaction } from '../api/ledger';
import { methodOf } from '../api/transaction';

export interface TransactionRow {
  id: string;
  height: number;
  time: number;
  family: 'public' | 'shielded';
  method: string;
  sender: string | null;
  receiver: string | null;
  contract: string | null;
  amount: bigint | null;
  fee: bigint;
  gasSpent: bigint;
  error: string | null;
}

export function rowOfSpent(spent: SpentTransaction): TransactionRow {
  const { transaction } = spent;
  return {
    id: transaction.id,
    height: spent.block.height,
    time: spent.block.timestamp,
    family: transaction.family,
    method: methodOf(transaction),
    sender: transaction.sender,
    receiver: transaction.receiver,
    contract: transaction.call?.contract ?? transaction.deployed,
    amount: transaction.value !== null && transaction.value > 0n ? transaction.value : transaction.deposit > 0n ? transaction.deposit : transaction.value,
    fee: feeOf(spent),
    gasSpent: spent.gasSpent,
    error: spent.error,
  };
}

export function rowOfArchived(row: ArchivedRow): TransactionRow {
  return {
    id: row.transaction,
    height: row.height,
    time: row.time,
    family: row.family,
    method: row.function ?? (row.kind === 'memo' ? 'transfer' : row.kind),
    sender: row.sender,
    receiver: row.receiver,
    contract: row.contract,
    amount: row.amount,
    fee: row.fee,
    gasSpent: row.gasSpent,
    error: row.error,
  };
}

export const exportHeader = ['transaction', 'height', 'time', 'family', 'method', 'sender', 'receiver', 'contract', 'amount_lux', 'fee_lux', 'gas_spent', 'error'];

export function exportRow(row: TransactionRow): (string | number | bigint | null)[] {
  return [row.id, row.height, row.time, row.family, row.method, row.sender, row.receiver, row.contract, row.amount, row.fee, row.gasSpent, row.error];
}
