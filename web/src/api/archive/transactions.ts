// Transactions of the past, what they called and what contracts reported.
import type { Json } from '../../codecs/exact_json';
import { Fields } from '../fields';
import { askJson } from '../http';
import { page, type Page, type PageOptions } from './pages';

export interface DecodedCall {
  contract: string;
  function: string;
  argument: string;
  value: Json | undefined;
}

export function readCall(fields: Fields | null): DecodedCall | null {
  return fields && {
    contract: fields.text('contract'),
    function: fields.text('function'),
    argument: fields.maybeText('arguments') ?? '',
    value: fields.get('value') ?? undefined,
  };
}

export interface ContractEvent {
  contract: string;
  topic: string;
  data: string;
  value: Json | undefined;
  reverted: boolean;
  height: number | null;
  time: number | null;
  origin: string | null;
}

export function readEvent(row: Fields, contract?: string): ContractEvent {
  return {
    contract: row.maybeText('contract') ?? contract ?? '',
    topic: row.text('topic'),
    data: row.text('data'),
    value: row.get('value') ?? undefined,
    reverted: row.flag('reverted'),
    height: row.maybeNumber('height'),
    time: row.maybeNumber('time'),
    origin: row.maybeText('origin'),
  };
}

export interface TransactionRow {
  transaction: string;
  height: number;
  time: number;
  index: number;
  family: 'public' | 'shielded';
  kind: string;
  sender: string | null;
  receiver: string | null;
  amount: bigint | null;
  contract: string | null;
  function: string | null;
  gasSpent: bigint;
  fee: bigint;
  error: string | null;
}

export function readTransactionRow(row: Fields): TransactionRow {
  return {
    transaction: row.text('transaction'),
    height: row.number('height'),
    time: row.number('time'),
    index: row.number('index'),
    family: row.text('family') === 'shielded' ? 'shielded' : 'public',
    kind: row.text('kind'),
    sender: row.maybeText('sender'),
    receiver: row.maybeText('receiver'),
    amount: row.maybeLux('amount'),
    contract: row.maybeText('contract'),
    function: row.maybeText('function'),
    gasSpent: row.lux('gas_spent'),
    fee: row.lux('fee'),
    error: row.maybeText('error'),
  };
}

export function archivedTransactions(options: PageOptions & { kind?: string; failed?: boolean }, signal?: AbortSignal): Promise<Page<TransactionRow>> {
  return page('/archive/transactions', options, readTransactionRow, signal);
}


/** What contracts reported in a transaction; an error of status 404 while the archive does not have it. */
export async function transactionEvents(id: string, signal?: AbortSignal): Promise<{ call: DecodedCall | null; events: ContractEvent[] }> {
  const answer = Fields.of(await askJson(`/archive/transactions/${id}`, signal ? { signal } : {}));
  return {
    call: readCall(answer.maybeObject('call')),
    events: answer.list('events').map((item) => readEvent(Fields.of(item, 'events'))),
  };
}
