// Blocks and transactions, over GraphQL: any node answers that.
import { type Json, parseExactJson } from '../codecs/exact_json';
import { Fields, FormError, listOf } from './fields';
import { graphql } from './graphql';
import { NodeError } from './http';
import { readGraphqlTransaction, type Transaction, transactionQuery } from './transaction';

export type Label = 'accepted' | 'attested' | 'confirmed' | 'final';

export interface BlockSummary {
  height: number;
  hash: string;
  previous: string;
  /** Unix seconds. */
  timestamp: number;
  generator: string;
  /** 0 where the first attempt agreed. */
  iteration: number;
  gasLimit: number;
  gasSpent: bigint;
  fees: bigint;
  /** LUX that the block makes anew. */
  reward: bigint;
  label: Label;
  transactions: string[];
}

export interface StepVotes {
  /** A bit for each member of the committee, in the order of keys. */
  bitset: bigint;
  signature: string;
}

export interface Attestation {
  /** valid, invalid, no_candidate, no_quorum */
  vote: string;
  hash: string | null;
  validation: StepVotes;
  ratification: StepVotes;
}

export interface FailedIteration {
  iteration: number;
  /** Null where nobody proved what happened in it. */
  proof: { attestation: Attestation; generator: string } | null;
}

export interface Block extends BlockSummary {
  version: number;
  seed: string;
  stateRoot: string;
  transactionRoot: string;
  faultRoot: string;
  signature: string;
  /** Of the block before: who had agreed on it. */
  previousCertificate: Attestation;
  failedIterations: FailedIteration[];
  spent: SpentTransaction[];
  header: Json;
}

export interface SpentTransaction {
  transaction: Transaction;
  error: string | null;
  gasSpent: bigint;
  block: { height: number; hash: string; timestamp: number };
}

export function voters(votes: StepVotes): number {
  let count = 0;
  for (let bits = votes.bitset; bits > 0n; bits >>= 1n) count += Number(bits & 1n);
  return count;
}

export function feeOf(spent: SpentTransaction): bigint {
  return spent.gasSpent * spent.transaction.gasPrice;
}

const summaryQuery = `header { height hash prevBlockHash timestamp generatorBlsPubkey iteration gasLimit } status gasSpent fees reward transactions { id }`;
const spentQuery = `tx { ${transactionQuery} } err gasSpent blockHash blockHeight blockTimestamp`;

function readLabel(json: Json | undefined): Label {
  const [name] = Fields.of(json, 'status').entries()[0] ?? [];
  const label = name?.toLowerCase();
  if (label === 'accepted' || label === 'attested' || label === 'confirmed' || label === 'final') return label;
  throw new FormError('status');
}

function readSummary(block: Fields): BlockSummary {
  const header = block.object('header');
  return {
    height: header.number('height'),
    hash: header.text('hash'),
    previous: header.text('prevBlockHash'),
    timestamp: header.number('timestamp'),
    generator: header.text('generatorBlsPubkey'),
    iteration: header.number('iteration'),
    gasLimit: header.number('gasLimit'),
    gasSpent: block.lux('gasSpent'),
    fees: block.lux('fees'),
    reward: block.lux('reward'),
    label: readLabel(block.get('status')),
    transactions: block.list('transactions').map((item) => Fields.of(item).text('id')),
  };
}

function readStep(json: Fields): StepVotes {
  return { bitset: json.lux('bitset'), signature: json.text('aggregate_signature') };
}

const votes: Record<string, string> = { NoCandidate: 'no_candidate', NoQuorum: 'no_quorum', Valid: 'valid', Invalid: 'invalid' };

/** The result is a vote; some forms wrap it in `Success` or `Fail`, which the vote already says. */
export function readAttestation(json: Fields): Attestation {
  let vote = json.get('result');
  const wrapped = Fields.maybe(vote);
  vote = wrapped?.get('Success') ?? wrapped?.get('Fail') ?? vote;
  const [word, hash] = typeof vote === 'string' ? [vote, null] : (Fields.of(vote, 'result').entries()[0] ?? ['', null]);
  return {
    vote: votes[word] ?? word,
    hash: typeof hash === 'string' ? hash : null,
    validation: readStep(json.object('validation')),
    ratification: readStep(json.object('ratification')),
  };
}

function readSpent(fields: Fields): SpentTransaction {
  return {
    transaction: readGraphqlTransaction(fields.object('tx')),
    error: fields.maybeText('err'),
    gasSpent: fields.lux('gasSpent'),
    block: { height: fields.number('blockHeight'), hash: fields.text('blockHash'), timestamp: fields.number('blockTimestamp') },
  };
}

function readBlock(fields: Fields): Block {
  const json = parseExactJson(fields.object('header').text('json'));
  const header = Fields.of(json, 'header');
  return {
    ...readSummary(fields),
    version: header.number('version'),
    seed: header.text('seed'),
    stateRoot: header.text('state_hash'),
    transactionRoot: header.text('txroot'),
    faultRoot: header.text('faultroot'),
    signature: header.text('signature'),
    previousCertificate: readAttestation(header.object('prev_block_cert')),
    failedIterations: header.list('failed_iterations').map((item, iteration) => {
      if (!Array.isArray(item)) return { iteration, proof: null };
      const [attestation, generator] = item;
      if (typeof generator !== 'string') throw new FormError('failed_iterations');
      return { iteration, proof: { attestation: readAttestation(Fields.of(attestation)), generator } };
    }),
    spent: fields.list('transactions').map((item) => readSpent(Fields.of(item))),
    header: json,
  };
}

/** The newest blocks, at most 200, and the height of the last final one. */
export async function newestBlocks(count: number, signal?: AbortSignal): Promise<{ blocks: BlockSummary[]; final: number }> {
  const data = await graphql(`{ lastBlockPair { json } blocks(last: ${count}) { ${summaryQuery} } }`, signal);
  return { blocks: listOf(data.get('blocks'), readSummary), final: readFinal(data) };
}

function readFinal(data: Fields): number {
  const [height] = data.object('lastBlockPair').object('json').list('last_finalized_block');
  if (typeof height !== 'number') throw new FormError('last_finalized_block');
  return height;
}

/** Both ends included, at most 200, the lowest first. */
export async function blocksBetween(from: number, to: number, signal?: AbortSignal): Promise<BlockSummary[]> {
  try {
    const data = await graphql(`{ blocks(range: [${from}, ${to}]) { ${summaryQuery} } }`, signal);
    return listOf(data.get('blocks'), readSummary);
  } catch (error) {
    // Released nodes announce `last` as needed and may refuse a range without it; one by one they take it.
    if (!(error instanceof NodeError) || error.status !== 200) throw error;
    const names = Array.from({ length: to - from + 1 }, (_, i) => `b${from + i}: block(height: ${from + i}) { ${summaryQuery} }`);
    const data = await graphql(`{ ${names.join(' ')} }`, signal);
    return data.entries().flatMap(([, block]) => (block === null ? [] : [readSummary(Fields.of(block))]));
  }
}

/** Null where this node has no such block. */
export async function blockOf(at: { height: number } | { hash: string }, signal?: AbortSignal): Promise<Block | null> {
  const where = 'height' in at ? `height: ${at.height}` : `hash: ${JSON.stringify(at.hash)}`;
  const data = await graphql(
    `{ block(${where}) { header { height hash prevBlockHash timestamp generatorBlsPubkey iteration gasLimit json } status gasSpent fees reward transactions { id ${spentQuery} } } }`,
    signal,
  );
  const block = data.maybeObject('block');
  return block && readBlock(block);
}

export async function labelOf(height: number, signal?: AbortSignal): Promise<{ label: Label; hash: string } | null> {
  const block = (await graphql(`{ block(height: ${height}) { header { hash } status } }`, signal)).maybeObject('block');
  return block && { label: readLabel(block.get('status')), hash: block.object('header').text('hash') };
}

/** Null where it is in no accepted block of this node. */
export async function transactionOf(id: string, signal?: AbortSignal): Promise<SpentTransaction | null> {
  const spent = (await graphql(`{ tx(hash: ${JSON.stringify(id)}) { ${spentQuery} } }`, signal)).maybeObject('tx');
  return spent && readSpent(spent);
}

export async function waitingTransactionOf(id: string, signal?: AbortSignal): Promise<Transaction | null> {
  const found = (await graphql(`{ mempoolTx(hash: ${JSON.stringify(id)}) { ${transactionQuery} } }`, signal)).maybeObject('mempoolTx');
  return found && readGraphqlTransaction(found);
}

/** The newest first, at most 200. */
export async function recentTransactions(count: number, signal?: AbortSignal): Promise<SpentTransaction[]> {
  const data = await graphql(`{ transactions(last: ${count}) { ${spentQuery} } }`, signal);
  return listOf(data.get('transactions'), readSpent);
}

/** All that wait, who pays most for a gas first. */
export async function mempool(signal?: AbortSignal): Promise<Transaction[]> {
  const data = await graphql(`{ mempoolTxs { ${transactionQuery} } }`, signal);
  return listOf(data.get('mempoolTxs'), readGraphqlTransaction);
}

export interface Waiting {
  id: string;
  family: 'public' | 'shielded';
  gasLimit: number;
  gasPrice: bigint;
}

/** All that wait, in few words. */
export async function mempoolOutline(signal?: AbortSignal): Promise<Waiting[]> {
  const data = await graphql('{ mempoolTxs { id txType gasLimit gasPrice } }', signal);
  return listOf(data.get('mempoolTxs'), (one) => ({
    id: one.text('id'),
    family: one.text('txType') === 'Phoenix' ? 'shielded' : 'public',
    gasLimit: one.number('gasLimit'),
    gasPrice: one.lux('gasPrice'),
  }));
}
