// What the archive has, and sums of it.
import { Fields, listOf } from '../fields';
import { askJson } from '../http';
import { pathOf } from './pages';

export interface ArchiveInfo {
  first: number | null;
  lastFinal: number | null;
  events: number;
  public: number;
  shielded: number;
  accounts: number;
  /** Nothing is missing from this block on. Nodes that do not say it know no committees of the past either. */
  completeFrom: number | null;
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
    completeFrom: info.maybeNumber('complete_from'),
    backfill: backfill && {
      height: backfill.number('height'),
      target: backfill.number('target'),
      secondsLeft: backfill.maybeNumber('seconds_left'),
    },
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
