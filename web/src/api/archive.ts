// The past, of a dusk node that keeps an archive (routes below /archive). Only final blocks are in it.
import type { Json } from '../codecs/exact_json';
import { Fields, listOf } from './fields';
import { askJson } from './http';

export interface Page<T> {
  items: T[];
  /** For the page after this one; null at the end. */
  next: string | null;
}

export type PageOptions = { limit?: number; cursor?: string; order?: 'desc' | 'asc'; from?: number; to?: number };

function pathOf(path: string, options: Record<string, string | number | boolean | undefined>): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(options)) if (value !== undefined && value !== '') words.set(name, String(value));
  const query = words.toString();
  return query ? `${path}?${query}` : path;
}

async function page<T>(
  path: string,
  options: Record<string, string | number | boolean | undefined>,
  read: (fields: Fields) => T,
  signal?: AbortSignal,
): Promise<Page<T>> {
  const answer = Fields.of(await askJson(pathOf(path, options), signal ? { signal } : {}));
  return { items: listOf(answer.get('items'), read), next: answer.maybeText('next') };
}

/** Where the whole list can be had as a file. */
export function fileOf(path: string, format: 'csv' | 'jsonl', options: Record<string, string | undefined> = {}): string {
  return pathOf(path, { ...options, format });
}

export interface ArchiveInfo {
  first: number | null;
  lastFinal: number | null;
  events: number;
  public: number;
  shielded: number;
  accounts: number;
  backfill: { height: number; target: number; secondsLeft: number | null } | null;
}

export async function archiveInfo(signal?: AbortSignal): Promise<ArchiveInfo> {
  const info = Fields.of(await askJson('/archive', signal ? { signal } : {}));
  const backfill = info.maybeObject('backfill');
  const transactions = info.object('transactions');
  return {
    first: info.maybeNumber('first'),
    lastFinal: info.maybeNumber('last_final'),
    events: info.number('events'),
    public: transactions.number('public'),
    shielded: transactions.number('shielded'),
    accounts: info.number('accounts'),
    backfill: backfill && {
      height: backfill.number('height'),
      target: backfill.number('target'),
      secondsLeft: backfill.maybeNumber('seconds_left'),
    },
  };
}

export interface DecodedCall {
  contract: string;
  function: string;
  argument: string;
  value: Json | undefined;
}

function readCall(fields: Fields | null): DecodedCall | null {
  return fields && {
    contract: fields.text('contract'),
    function: fields.text('function'),
    argument: fields.maybeText('arguments') ?? '',
    value: fields.get('value') ?? undefined,
  };
}

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

export function contractEvents(contract: string, options: PageOptions & { topic?: string }, signal?: AbortSignal): Promise<Page<ContractEvent>> {
  return page(`/archive/contracts/${contract}/events`, options, (row) => readEvent(row, contract), signal);
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

export function contractTransactions(contract: string, options: PageOptions, signal?: AbortSignal): Promise<Page<TransactionRow>> {
  return page(`/archive/contracts/${contract}/transactions`, options, readTransactionRow, signal);
}

/** What contracts reported in a transaction; an error of status 404 while the archive does not have it. */
export async function transactionEvents(id: string, signal?: AbortSignal): Promise<{ call: DecodedCall | null; events: ContractEvent[] }> {
  const answer = Fields.of(await askJson(`/archive/transactions/${id}`, signal ? { signal } : {}));
  return {
    call: readCall(answer.maybeObject('call')),
    events: answer.list('events').map((item) => readEvent(Fields.of(item, 'events'))),
  };
}

export interface ChartBucket {
  time: number;
  blocks: number;
  public: number;
  shielded: number;
  failed: number;
  gas: number;
  fees: bigint;
}

export async function charts(bucket: 'hour' | 'day' | 'week' | 'month', from?: number, signal?: AbortSignal): Promise<ChartBucket[]> {
  const answer = Fields.of(await askJson(pathOf('/archive/charts', { bucket, from }), signal ? { signal } : {}));
  return listOf(answer.get('items'), (row) => ({
    time: row.number('time'),
    blocks: row.number('blocks'),
    public: row.number('public'),
    shielded: row.number('shielded'),
    failed: row.number('failed'),
    gas: row.number('gas'),
    fees: row.lux('fees'),
  }));
}

export interface SearchHit {
  kind: 'block' | 'transaction' | 'contract';
  value: string;
}

/** What begins with these hexadecimal digits, at least six. */
export async function searchPrefix(digits: string, signal?: AbortSignal): Promise<SearchHit[]> {
  const answer = Fields.of(await askJson(pathOf('/archive/search', { q: digits }), signal ? { signal } : {}));
  return listOf(answer.get('items'), (hit) => {
    const kind = hit.text('kind');
    return { kind: kind === 'block' || kind === 'transaction' ? kind : 'contract', value: hit.text('value') };
  });
}
