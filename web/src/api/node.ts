// What a node tells of itself, of stakes, accounts and contracts: routes of every node.
import { type Json, parseExactJson } from '../codecs/exact_json';
import { fromHex, toHex } from '../codecs/hex';
import { Fields, listOf } from './fields';
import { type Ask, ask, askJson } from './http';

const post = (extra: Ask, signal?: AbortSignal): Ask => ({ method: 'POST', ...extra, ...(signal && { signal }) });

export const transferContract = `01${'00'.repeat(31)}`;
export const stakeContract = `02${'00'.repeat(31)}`;

/** A name for the contracts of the protocol, else null. */
export function protocolName(contract: string): string | null {
  return contract === transferContract ? 'Transfer contract' : contract === stakeContract ? 'Stake contract' : null;
}

export interface NodeInfo {
  version: string;
  build: string;
  chainId: number | null;
  address: string;
  blockGasLimit: number | null;
  features: [string, Json][];
}

export async function nodeInfo(signal?: AbortSignal): Promise<NodeInfo> {
  const info = Fields.of(await askJson('/on/node/info', post({}, signal)));
  const vm = info.maybeObject('vm_config');
  return {
    version: info.text('version'),
    build: info.maybeText('version_build') ?? info.text('version'),
    chainId: info.maybeNumber('chain_id'),
    address: info.maybeText('kadcast_address') ?? '',
    blockGasLimit: vm?.maybeNumber('block_gas_limit') ?? null,
    features: vm?.maybeObject('features')?.entries() ?? [],
  };
}

export interface Provisioner {
  account: string;
  owner: { account: string } | { contract: string };
  amount: bigint;
  locked: bigint;
  reward: bigint;
  /** Height from which the stake counts. */
  eligibility: number;
  faults: number;
  hardFaults: number;
}

export async function provisioners(signal?: AbortSignal): Promise<Provisioner[]> {
  return listOf(await askJson('/on/node/provisioners', post({}, signal)), (stake) => {
    const owner = stake.object('owner');
    const contract = owner.maybeText('Contract');
    return {
      account: stake.text('key'),
      owner: contract === null ? { account: owner.text('Account') } : { contract },
      amount: stake.lux('amount'),
      locked: stake.lux('locked_amt'),
      reward: stake.lux('reward'),
      eligibility: stake.number('eligibility'),
      faults: stake.number('faults'),
      hardFaults: stake.number('hard_faults'),
    };
  });
}

export const minimumStake = 1000n * 1_000_000_000n;

/** Whether a stake counts in the block after this height. */
export function isActive(stake: Provisioner, tip: number): boolean {
  return stake.amount >= minimumStake && stake.eligibility <= tip;
}

export interface AccountStatus {
  balance: bigint;
  nonce: bigint;
}

export async function accountStatus(account: string, signal?: AbortSignal): Promise<AccountStatus> {
  const status = Fields.of(await askJson(`/on/account:${account}/status`, post({}, signal)));
  return { balance: status.lux('balance'), nonce: status.lux('nonce') };
}

export interface ContractMetadata {
  exists: boolean;
  /** Hexadecimal, and base58 of the same bytes. */
  owner: string;
  ownerText: string;
  hasDriver: boolean;
  balance: bigint;
}

export async function contractMetadata(contract: string, signal?: AbortSignal): Promise<ContractMetadata> {
  const [metadata, status] = await Promise.all([
    askJson(`/on/contract:${contract}/metadata`, post({}, signal)).then((json) => Fields.of(json)),
    askJson(`/on/contract:${contract}/status`, post({}, signal)).then((json) => Fields.of(json)),
  ]);
  const owner = metadata.text('contract_owner');
  return {
    exists: owner !== '',
    owner,
    ownerText: metadata.text('owner'),
    hasDriver: metadata.flag('driver_available') || protocolName(contract) !== null,
    balance: status.lux('balance'),
  };
}

export interface SchemaFunction {
  name: string;
  doc: string;
  input: string;
  output: string;
}

export interface ContractSchema {
  name: string;
  functions: SchemaFunction[];
  events: { topic: string; data: string }[];
}

/** What the contract's driver says of it; an error of status 404 where this node has none. */
export async function contractSchema(contract: string, signal?: AbortSignal): Promise<ContractSchema> {
  const response = await ask(`/on/driver:${contract}/get_schema`, post({}, signal));
  const schema = Fields.of(parseExactJson(await response.text()), 'schema');
  return {
    name: schema.maybeText('name') ?? '',
    functions: schema.maybeList('functions').map((item) => {
      const one = Fields.of(item, 'functions');
      return { name: one.text('name'), doc: one.maybeText('doc') ?? '', input: one.maybeText('input') ?? '', output: one.maybeText('output') ?? '' };
    }),
    events: schema.maybeList('events').map((item) => {
      const one = Fields.of(item, 'events');
      return { topic: one.text('topic'), data: one.maybeText('data') ?? '' };
    }),
  };
}

type Decoded = 'decode_input_fn' | 'decode_output_fn' | 'decode_event';

export async function decodeWithDriver(contract: string, kind: Decoded, name: string, data: Uint8Array, signal?: AbortSignal): Promise<Json> {
  return askJson(`/on/driver:${contract}/${kind}:${encodeURIComponent(name)}`, post({ body: `0x${toHex(data)}` }, signal));
}

export async function encodeArgument(contract: string, name: string, json: string, signal?: AbortSignal): Promise<Uint8Array> {
  const response = await ask(`/on/driver:${contract}/encode_input_fn:${encodeURIComponent(name)}`, post({ body: json }, signal));
  return fromHex((await response.text()).trim()) ?? new Uint8Array();
}

/** Calls a contract on the last state, through its driver; nothing changes by it. */
export async function queryContract(contract: string, name: string, json: string, isFeeder: boolean, signal?: AbortSignal): Promise<string> {
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  if (isFeeder) headers['Rusk-Feeder'] = '1';
  const response = await ask(`/on/contracts:${contract}/${encodeURIComponent(name)}`, post({ body: json, headers }, signal));
  return response.text();
}

/** The same without a driver: bytes in hexadecimal in and out. */
export async function queryContractRaw(contract: string, name: string, argument: Uint8Array, signal?: AbortSignal): Promise<string> {
  const response = await ask(`/on/contracts:${contract}/${encodeURIComponent(name)}`, post({ body: `0x${toHex(argument)}` }, signal));
  return response.text();
}

export async function burntAmount(signal?: AbortSignal): Promise<bigint | null> {
  const json = parseExactJson(await queryContract(stakeContract, 'burnt_amount', 'null', false, signal));
  return typeof json === 'string' || typeof json === 'number' || typeof json === 'bigint' ? BigInt(json) : null;
}
