// Accounts and provisioners of the past.
import { Fields, listOf } from '../fields';
import { askJson } from '../http';
import { page, type Page, type PageOptions, pathOf } from './pages';
import { type DecodedCall, readCall } from './transactions';

export type Party = { account: string } | { contract: string } | { shielded: true };

function readParty(fields: Fields | null): Party | null {
  if (!fields) return null;
  const account = fields.maybeText('account');
  if (account !== null) return { account };
  const contract = fields.maybeText('contract');
  return contract !== null ? { contract } : { shielded: true };
}

export interface HistoryRow {
  id: string;
  height: number;
  time: number;
  block: string;
  transaction: string | null;
  kind: string;
  amount: bigint | null;
  party: Party | null;
  memo: string | null;
  text: string;
  call: DecodedCall | null;
  fee: bigint | null;
  error: string | null;
}

export function accountHistory(account: string, options: PageOptions & { kinds?: string }, signal?: AbortSignal): Promise<Page<HistoryRow>> {
  return page(`/archive/accounts/${account}/history`, options, (row) => ({
    id: String(row.get('id') ?? ''),
    height: row.number('height'),
    time: row.number('time'),
    block: row.maybeText('block') ?? '',
    transaction: row.maybeText('transaction'),
    kind: row.text('kind'),
    amount: row.maybeLux('amount'),
    party: readParty(row.maybeObject('party')),
    memo: row.maybeText('memo'),
    text: row.maybeText('text') ?? '',
    call: readCall(row.maybeObject('call')),
    fee: row.maybeLux('fee'),
    error: row.maybeText('error'),
  }), signal);
}

export interface RichAccount {
  rank: number;
  account: string;
  balance: bigint;
  nonce: bigint;
}

export interface RichList {
  height: number;
  accounts: number;
  total: bigint;
  items: RichAccount[];
}

export async function richestAccounts(limit: number, signal?: AbortSignal): Promise<RichList> {
  const answer = Fields.of(await askJson(pathOf('/archive/accounts', { limit }), signal ? { signal } : {}));
  return {
    height: answer.number('height'),
    accounts: answer.number('accounts'),
    total: answer.lux('total'),
    items: listOf(answer.get('items'), (row) => ({
      rank: row.number('rank'),
      account: row.text('account'),
      balance: row.lux('balance'),
      nonce: row.lux('nonce'),
    })),
  };
}

export interface ProvisionerRecord {
  account: string;
  produced: number;
  missed: number;
  rewards: bigint;
  slashes: number;
}

export async function provisionerRecords(signal?: AbortSignal): Promise<{ from: number; to: number; items: ProvisionerRecord[] }> {
  const answer = Fields.of(await askJson('/archive/provisioners', signal ? { signal } : {}));
  return {
    from: answer.number('from'),
    to: answer.number('to'),
    items: listOf(answer.get('items'), (row) => ({
      account: row.text('account'),
      produced: row.number('produced'),
      missed: row.number('missed'),
      rewards: row.lux('rewards'),
      slashes: row.number('slashes'),
    })),
  };
}

export interface ProducedBlock {
  height: number;
  hash: string | null;
  time: number;
  iteration: number;
  missed: boolean;
  transactions: number;
  reward: bigint | null;
  text: string;
}

export function provisionerBlocks(account: string, options: PageOptions, signal?: AbortSignal): Promise<Page<ProducedBlock>> {
  return page(`/archive/provisioners/${account}/blocks`, options, (row) => ({
    height: row.number('height'),
    hash: row.maybeText('hash'),
    time: row.number('time'),
    iteration: row.number('iteration'),
    missed: row.flag('missed'),
    transactions: row.maybeNumber('transactions') ?? 0,
    reward: row.maybeLux('reward'),
    text: row.maybeText('text') ?? '',
  }), signal);
}
