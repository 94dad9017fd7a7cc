// What the wallet asks a node: ours or a released one (docs/interfaces.md). The page's own origin answers.
import { fromHex, toHex } from '../../codecs/hex';
import { parseExactJson } from '../../codecs/exact_json';
import { archivedVector, itemsOfArchivedVector } from './archive_form';
import { readU64, u64 } from './bytes';
import { isRecord, toBigInt } from './json';
import { NodeError, NodeHttp } from './node_http';

export { NodeError, type NodeReason } from './node_http';

export const TRANSFER_CONTRACT = `01${'00'.repeat(31)}`;
export const STAKE_CONTRACT = `02${'00'.repeat(31)}`;

export interface AccountStatus {
  balance: bigint;
  nonce: bigint; // of its last transaction in a block
  nextNonce: bigint; // the first after it that the mempool does not hold
}

export interface Stake {
  amount: bigint;
  locked: bigint;
  eligibility: bigint; // height from which it counts
  reward: bigint;
  faults: number;
  hardFaults: number;
}

export interface BlockRef {
  height: bigint;
  hash: string;
}

export interface Tip extends BlockRef {
  timestamp: number; // seconds
  finalHeight: bigint;
}

export interface SpentTx {
  height: bigint;
  blockHash: string;
  timestamp: number;
  gasSpent: bigint;
  error: string; // empty: what it called worked
}

export interface NodeInfo {
  version: string;
  build: string; // which program it is
  features: Record<string, unknown>;
}

export interface Simulation {
  gasSpent: bigint;
  error: string; // empty: it would work
  advice?: string;
  neededLimit?: bigint; // gas that it takes, where the node tells
}

export class NodeClient extends NodeHttp {
  // ---- the chain

  async info(): Promise<NodeInfo> {
    const answer = await this.json('/on/node/info');
    if (!isRecord(answer)) throw new NodeError('broken');
    const vm = isRecord(answer.vm_config) ? answer.vm_config : {};
    return {
      version: String(answer.version ?? ''),
      build: String(answer.version_build ?? ''),
      features: isRecord(vm.features) ? vm.features : {},
    };
  }

  async chainId(): Promise<number> {
    const bytes = await this.query(TRANSFER_CONTRACT, 'chain_id');
    if (bytes.length !== 1) throw new NodeError('broken', 'chain_id');
    return bytes[0]!;
  }

  async tip(): Promise<Tip> {
    const data = await this.graphql('{ block(height: -1) { header { height hash timestamp } } lastBlockPair { json } }');
    const header = isRecord(data.block) && isRecord(data.block.header) ? data.block.header : null;
    const pair = isRecord(data.lastBlockPair) && isRecord(data.lastBlockPair.json) ? data.lastBlockPair.json : null;
    if (!header) throw new NodeError('broken', 'no block');
    const final = Array.isArray(pair?.last_finalized_block) ? pair.last_finalized_block[0] : 0;
    return {
      height: toBigInt(header.height),
      hash: String(header.hash),
      timestamp: Number(header.timestamp),
      finalHeight: toBigInt(final),
    };
  }

  // Nothing where the chain has no block of that height, or the node does not keep it.
  async blockAt(height: bigint): Promise<string | null> {
    const data = await this.graphql(`{ block(height: ${height}) { header { hash } } }`);
    return isRecord(data.block) && isRecord(data.block.header) ? String(data.block.header.hash) : null;
  }

  // The last block that was made before that moment (seconds since 1970). Blocks that the node does not keep count as earlier.
  async heightBefore(seconds: number, tip: bigint): Promise<bigint> {
    let [low, high] = [0n, tip];
    while (low < high) {
      const middle = (low + high + 1n) / 2n;
      const data = await this.graphql(`{ block(height: ${middle}) { header { timestamp } } }`);
      const header = isRecord(data.block) && isRecord(data.block.header) ? data.block.header : null;
      if (header === null || Number(header.timestamp) < seconds) low = middle;
      else high = middle - 1n;
    }
    return low;
  }

  // Seconds from block to block, over the last ones; nothing while there are too few.
  async blockTime(): Promise<number | null> {
    const data = await this.graphql('{ blocks(last: 20) { header { height timestamp } } }');
    const headers = Array.isArray(data.blocks) ? data.blocks.map((b) => (isRecord(b) ? b.header : null)).filter(isRecord) : [];
    const first = headers.at(-1);
    const last = headers[0];
    if (!first || !last) return null;
    const blocks = Number(toBigInt(last.height) - toBigInt(first.height));
    return blocks < 1 || Number(first.timestamp) === 0 ? null : (Number(last.timestamp) - Number(first.timestamp)) / blocks;
  }

  // ---- accounts and stakes

  async account(account: string): Promise<AccountStatus> {
    const answer = await this.json(`/on/account:${account}/status`);
    if (!isRecord(answer)) throw new NodeError('broken');
    const nonce = toBigInt(answer.nonce);
    return {
      balance: toBigInt(answer.balance),
      nonce,
      nextNonce: answer.next_nonce === undefined ? nonce + 1n : toBigInt(answer.next_nonce),
    };
  }

  // Nothing where the account has no stake.
  async stake(account: string): Promise<Stake | null> {
    const answer = await this.queryJson(STAKE_CONTRACT, 'get_stake', account);
    if (answer === null) return null;
    if (!isRecord(answer)) throw new NodeError('broken', 'get_stake');
    const amount = isRecord(answer.amount) ? answer.amount : null;
    return {
      amount: amount ? toBigInt(amount.value) : 0n,
      locked: amount ? toBigInt(amount.locked) : 0n,
      eligibility: amount ? toBigInt(amount.eligibility) : 0n,
      reward: toBigInt(answer.reward),
      faults: Number(answer.faults),
      hardFaults: Number(answer.hard_faults),
    };
  }

  // ---- notes

  async noteCount(): Promise<bigint> {
    return readU64(await this.query(TRANSFER_CONTRACT, 'num_notes'));
  }

  noteRoot(): Promise<Uint8Array> {
    return this.query(TRANSFER_CONTRACT, 'root');
  }

  opening(position: bigint): Promise<Uint8Array> {
    return this.query(TRANSFER_CONTRACT, 'opening', u64(position));
  }

  // Leaves from that position on, one after the other.
  leavesFrom(position: bigint, signal?: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    return this.feed('leaves_from_pos', position, signal);
  }

  // The same, of blocks of at least that height.
  leavesOfHeight(height: bigint): Promise<ReadableStream<Uint8Array>> {
    return this.feed('leaves_from_height', height);
  }

  private async feed(fn: string, argument: bigint, signal?: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const headers = { 'Content-Type': 'application/octet-stream', 'Rusk-Feeder': '1' };
    const answer = await this.post(`/on/contracts:${TRANSFER_CONTRACT}/${fn}`, u64(argument), headers, signal);
    if (!answer.body) throw new NodeError('broken', fn);
    return answer.body;
  }

  // Those of the nullifiers that the chain has: their notes are spent.
  async spentNullifiers(nullifiers: Uint8Array[]): Promise<Uint8Array[]> {
    if (nullifiers.length === 0) return [];
    const answer = await this.query(TRANSFER_CONTRACT, 'existing_nullifiers', archivedVector(nullifiers));
    const spent = itemsOfArchivedVector(answer, 32);
    if (!spent) throw new NodeError('broken', 'existing_nullifiers');
    return spent;
  }

  // ---- transactions

  async simulate(tx: Uint8Array): Promise<Simulation> {
    const answer = await this.json('/on/transactions/simulate', tx, { 'Content-Type': 'application/octet-stream' });
    if (!isRecord(answer)) throw new NodeError('broken');
    return { gasSpent: toBigInt(answer['gas-spent'] ?? 0), error: answer.error === null ? '' : String(answer.error) };
  }

  async propagate(tx: Uint8Array): Promise<void> {
    await this.post('/on/transactions/preverify', tx, { 'Content-Type': 'application/octet-stream' });
    await this.post('/on/transactions/propagate', tx, { 'Content-Type': 'application/octet-stream' });
  }

  // What became of transactions: nothing where one is in no block.
  async spent(ids: string[]): Promise<Map<string, SpentTx>> {
    const found = new Map<string, SpentTx>();
    if (ids.length === 0) return found;
    const fields = ids.map((id, i) => `t${i}: tx(hash: "${hexOnly(id)}") { blockHeight blockHash blockTimestamp gasSpent err }`);
    const data = await this.graphql(`{ ${fields.join(' ')} }`);
    for (const [i, id] of ids.entries()) {
      const tx = data[`t${i}`];
      if (!isRecord(tx)) continue;
      found.set(id, {
        height: toBigInt(tx.blockHeight),
        blockHash: String(tx.blockHash),
        timestamp: Number(tx.blockTimestamp),
        gasSpent: toBigInt(tx.gasSpent),
        error: tx.err === null || tx.err === undefined ? '' : String(tx.err),
      });
    }
    return found;
  }

  // Which of them wait in the mempool of this node.
  async waiting(ids: string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const data = await this.graphql(`{ ${ids.map((id, i) => `t${i}: mempoolTx(hash: "${hexOnly(id)}") { id }`).join(' ')} }`);
    return new Set(ids.filter((_, i) => isRecord(data[`t${i}`])));
  }

  // ---- contracts

  // The answer of a contract's function to bytes.
  async query(contract: string, fn: string, body: Uint8Array = new Uint8Array()): Promise<Uint8Array> {
    const answer = await this.post(`/on/contracts:${contract}/${encodeURIComponent(fn)}`, body, {
      'Content-Type': 'application/octet-stream',
    });
    return new Uint8Array(await answer.arrayBuffer());
  }

  // The same through the driver of the contract.
  async queryJson(contract: string, fn: string, argument: unknown): Promise<unknown> {
    return this.json(`/on/contracts:${contract}/${encodeURIComponent(fn)}`, JSON.stringify(argument), {
      'Content-Type': 'application/json',
    });
  }

  // What the driver says of the contract's functions; nothing where this node has no driver of it.
  async schema(contract: string): Promise<unknown> {
    if (![TRANSFER_CONTRACT, STAKE_CONTRACT].includes(contract)) {
      const metadata = await this.json(`/on/contract:${contract}/metadata`);
      if (!isRecord(metadata) || metadata.driver_available !== true) return null;
    }
    const answer = await this.post(`/on/driver:${contract}/get_schema`);
    return parseExactJson(await answer.text());
  }

  // The bytes of an argument that was written as JSON.
  async encodeArgument(contract: string, fn: string, json: string): Promise<Uint8Array> {
    const answer = await this.post(`/on/driver:${contract}/encode_input_fn:${encodeURIComponent(fn)}`, json);
    const bytes = fromHex((await answer.text()).trim());
    if (!bytes) throw new NodeError('broken', 'encode_input_fn');
    return bytes;
  }

  // And back: JSON as text.
  async decodeArgument(contract: string, fn: string, bytes: Uint8Array): Promise<string> {
    const answer = await this.post(`/on/driver:${contract}/decode_input_fn:${encodeURIComponent(fn)}`, `0x${toHex(bytes)}`);
    return answer.text();
  }

  // ---- proofs

  async prove(circuit: Uint8Array, signal?: AbortSignal): Promise<Uint8Array> {
    const answer = await this.post('/on/prover/prove', circuit, { 'Content-Type': 'application/octet-stream' }, signal);
    return new Uint8Array(await answer.arrayBuffer());
  }
}

// What goes into a GraphQL text is digits of a name, whatever was stored.
function hexOnly(id: string): string {
  return toHex(fromHex(id) ?? new Uint8Array());
}
