// Routes that our node has and a released one has not, each with what takes its place there.
import { isRecord, toBigInt } from './json';
import { NodeError, type NodeClient, type Simulation } from './node';

export interface GasPrices {
  slow: bigint;
  usual: bigint;
  fast: bigint;
}

const atLeastOne = (price: bigint) => (price < 1n ? 1n : price);

// Prices of a gas: to be in one of the next five blocks, the next two, the next one. Without /fees: the least, median and
// highest price of what waits.
export async function gasPrices(node: NodeClient, isOurs: boolean): Promise<GasPrices> {
  const fees = isOurs ? await node.get('/fees').catch(() => null) : null;
  if (isRecord(fees) && Array.isArray(fees.estimates)) {
    const within = (blocks: number) => {
      const estimate = (fees.estimates as unknown[]).filter(isRecord).find((one) => Number(one.blocks) >= blocks);
      return estimate ? atLeastOne(toBigInt(estimate.price)) : 1n;
    };
    return { slow: within(5), usual: within(2), fast: within(1) };
  }
  const waiting = await node.json('/on/blocks/gas-price');
  if (!isRecord(waiting)) throw new NodeError('broken', 'gas-price');
  const price = (name: string) => atLeastOne(toBigInt(waiting[name]));
  return { slow: price('min'), usual: price('median'), fast: price('max') };
}

const OCTETS = { 'Content-Type': 'application/octet-stream' };

// What executing it on the last state would come to.
export async function simulate(node: NodeClient, tx: Uint8Array, isOurs: boolean): Promise<Simulation> {
  let report: unknown = null;
  try {
    if (isOurs) report = await node.json('/simulate', tx, OCTETS);
  } catch (error) {
    if (!(error instanceof NodeError) || !['not_offered', 'refused'].includes(error.reason)) throw error;
  }
  if (!isRecord(report) || !isRecord(report.gas)) return node.simulate(tx);
  const reason = isRecord(report.reason) ? report.reason : null;
  const error = report.outcome === 'success' ? '' : String(reason?.text ?? report.outcome);
  const needed = report.gas.needed_limit;
  return {
    gasSpent: toBigInt(report.gas.spent),
    error,
    ...(reason?.advice ? { advice: String(reason.advice) } : {}),
    ...(needed === null || needed === undefined ? {} : { neededLimit: toBigInt(needed) }),
  };
}

// ---- the faucet of a devnet

export async function hasFaucet(node: NodeClient): Promise<boolean> {
  return isRecord(await node.get('/faucet').catch(() => null));
}

export async function askFaucet(node: NodeClient, address: string): Promise<void> {
  await node.json('/faucet', JSON.stringify({ address }), { 'Content-Type': 'application/json' });
}

// ---- the archive

export interface ArchiveRow {
  id: string;
  height: bigint;
  time: number; // seconds since 1970
  transaction: string | null;
  kind: string; // received, sent, shielded, unshielded, staked, …
  amount: bigint;
  party: string; // whom it came from or went to; empty where nobody is named
  memo: string; // hexadecimal
  text: string; // what happened, in plain words
}

function party(value: unknown): string {
  if (!isRecord(value)) return '';
  return typeof value.account === 'string' ? value.account : typeof value.contract === 'string' ? value.contract : '';
}

// What happened to an account, the latest first. Nothing where the node has no archive.
export async function archiveHistory(node: NodeClient, account: string, limit: number): Promise<ArchiveRow[] | null> {
  const page = await node.get(`/archive/accounts/${account}/history?limit=${limit}`);
  if (!isRecord(page) || !Array.isArray(page.items)) return null;
  return page.items.filter(isRecord).map((row) => ({
    id: String(row.id),
    height: toBigInt(row.height),
    time: Number(row.time),
    transaction: typeof row.transaction === 'string' ? row.transaction : null,
    kind: String(row.kind),
    amount: row.amount === null || row.amount === undefined ? 0n : toBigInt(row.amount),
    party: party(row.party),
    memo: typeof row.memo === 'string' ? row.memo : '',
    text: String(row.text ?? ''),
  }));
}
