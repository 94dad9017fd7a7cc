// Contracts of the past.
import { Fields } from '../fields';
import { askJson } from '../http';
import { page, type Page, type PageOptions } from './pages';
import { type ContractEvent, readEvent, readTransactionRow, type TransactionRow } from './transactions';

export interface ArchivedContract {
  contract: string;
  owner: { account: string } | { hex: string } | null;
  height: number;
  time: number;
  /** Null: it was there from the first block. */
  transaction: string | null;
  deployer: string | null;
  calls: number;
}

function readContract(row: Fields): ArchivedContract {
  const owner = row.maybeObject('owner');
  const account = owner?.maybeText('account');
  return {
    contract: row.text('contract'),
    owner: owner && (account ? { account } : { hex: owner.maybeText('hex') ?? '' }),
    height: row.number('height'),
    time: row.number('time'),
    transaction: row.maybeText('transaction'),
    deployer: row.maybeText('deployer'),
    calls: row.number('calls'),
  };
}

export function archivedContracts(options: PageOptions, signal?: AbortSignal): Promise<Page<ArchivedContract>> {
  return page('/archive/contracts', options, readContract, signal);
}

export async function archivedContract(contract: string, signal?: AbortSignal): Promise<ArchivedContract> {
  return readContract(Fields.of(await askJson(`/archive/contracts/${contract}`, signal ? { signal } : {})));
}

export function contractEvents(contract: string, options: PageOptions & { topic?: string }, signal?: AbortSignal): Promise<Page<ContractEvent>> {
  return page(`/archive/contracts/${contract}/events`, options, (row) => readEvent(row, contract), signal);
}

export function contractTransactions(contract: string, options: PageOptions, signal?: AbortSignal): Promise<Page<TransactionRow>> {
  return page(`/archive/contracts/${contract}/transactions`, options, readTransactionRow, signal);
}
