// Routes that a dusk node has beside those of the released node: its status and its view of the network.
import { Fields, listOf } from './fields';
import { askJson } from './http';

export interface NodeStatus {
  height: number;
  finalHeight: number;
  inSync: boolean;
  stalled: boolean;
  bestClaim: number;
  mempool: number;
  peers: number;
  network: string;
  version: string;
  provisioner: string | null;
}

export async function nodeStatus(signal?: AbortSignal): Promise<NodeStatus> {
  const status = Fields.of(await askJson('/status', signal ? { signal } : {}));
  return {
    height: status.number('height'),
    finalHeight: status.number('final_height'),
    inSync: status.flag('in_sync'),
    stalled: status.flag('stalled'),
    bestClaim: status.number('best_claim'),
    mempool: status.number('mempool'),
    peers: status.number('peers'),
    network: status.text('network'),
    version: status.text('version'),
    provisioner: status.maybeText('provisioner'),
  };
}

export interface Peer {
  address: string;
  /** 16 bytes in hexadecimal: its place in the tree. */
  id: string;
  /** The bit in which it first differs from this node, counted so that 127 is the half of the tree that this node is not in. */
  bucket: number;
  alive: boolean;
  silentMs: number;
  roundTripUs: number | null;
}

export interface NetworkPeers {
  address: string;
  id: string;
  peers: Peer[];
}

export async function networkPeers(signal?: AbortSignal): Promise<NetworkPeers> {
  const answer = Fields.of(await askJson('/network/peers', signal ? { signal } : {}));
  return {
    address: answer.text('address'),
    id: answer.text('id'),
    peers: listOf(answer.get('peers'), (peer) => ({
      address: peer.text('address'),
      id: peer.text('id'),
      bucket: peer.number('bucket'),
      alive: peer.flag('alive'),
      silentMs: peer.number('silent_ms'),
      roundTripUs: peer.maybeNumber('round_trip_us'),
    })),
  };
}

export interface KindCounts {
  kind: string;
  received: number;
  receivedBytes: number;
  sent: number;
  sentBytes: number;
}

export interface NetworkSummary {
  address: string;
  known: number;
  alive: number;
  received: number;
  malformed: number;
  bytesReceived: number;
  bytesSent: number;
  kinds: KindCounts[];
}

export async function networkSummary(signal?: AbortSignal): Promise<NetworkSummary> {
  const answer = Fields.of(await askJson('/network', signal ? { signal } : {}));
  const messages = answer.object('messages');
  const datagrams = answer.object('datagrams');
  return {
    address: answer.text('address'),
    known: answer.number('known'),
    alive: answer.number('alive'),
    received: messages.number('received'),
    malformed: messages.number('malformed'),
    bytesReceived: datagrams.number('received_bytes'),
    bytesSent: datagrams.number('sent_bytes'),
    kinds: answer.object('kinds').entries().map(([kind, json]) => {
      const counts = Fields.of(json);
      return {
        kind,
        received: counts.number('received'),
        receivedBytes: counts.number('received_bytes'),
        sent: counts.number('sent'),
        sentBytes: counts.number('sent_bytes'),
      };
    }),
  };
}

/** A message of the network that this node sent or received lately. */
export interface TracedObject {
  number: number;
  ray: string;
  kind: string;
  own: boolean;
  from: string;
  /** Of the tree: how far the sender asked this node to hand it on. */
  height: number;
  bytes: number;
  /** Unix microseconds. */
  firstUs: number;
  completeUs: number;
}

export async function networkObjects(after: number, signal?: AbortSignal): Promise<{ last: number; objects: TracedObject[] }> {
  const answer = Fields.of(await askJson(`/network/objects/${after}`, signal ? { signal } : {}));
  return {
    last: answer.number('last'),
    objects: listOf(answer.get('objects'), (one) => ({
      number: one.number('number'),
      ray: one.text('ray_id'),
      kind: one.text('kind'),
      own: one.flag('own'),
      from: one.text('from'),
      height: one.number('height'),
      bytes: one.number('bytes'),
      firstUs: one.number('first_us'),
      completeUs: one.number('complete_us'),
    })),
  };
}

export interface Prices {
  p10: bigint;
  p25: bigint;
  p50: bigint;
  p75: bigint;
  p90: bigint;
}

export interface Fees {
  leastPrice: bigint;
  leastDeployPrice: bigint;
  fullness: number;
  blockPrices: Prices | null;
  mempoolPrices: Prices | null;
  estimates: { blocks: number; price: bigint }[];
}

function readPrices(fields: Fields | null): Prices | null {
  return fields && { p10: fields.lux('p10'), p25: fields.lux('p25'), p50: fields.lux('p50'), p75: fields.lux('p75'), p90: fields.lux('p90') };
}

export async function fees(signal?: AbortSignal): Promise<Fees> {
  const answer = Fields.of(await askJson('/fees', signal ? { signal } : {}));
  return {
    leastPrice: answer.lux('least_price'),
    leastDeployPrice: answer.lux('least_deploy_price'),
    fullness: answer.object('blocks').number('fullness'),
    blockPrices: readPrices(answer.object('blocks').maybeObject('prices')),
    mempoolPrices: readPrices(answer.object('mempool').maybeObject('prices')),
    estimates: listOf(answer.get('estimates'), (one) => ({ blocks: one.number('blocks'), price: one.lux('price') })),
  };
}

/** A contract in the last state. */
export interface ContractReport {
  owner: string;
  balance: bigint;
  code: { bytes: number; sha256: string; blake3: string } | null;
  memoryBytes: number;
  pages: number;
}

/** An error of status 404 where there is no such contract. */
export async function contractReport(contract: string, signal?: AbortSignal): Promise<ContractReport> {
  const answer = Fields.of(await askJson(`/contracts/${contract}`, signal ? { signal } : {}));
  const code = answer.maybeObject('code');
  return {
    owner: answer.maybeText('owner') ?? '',
    balance: answer.lux('balance'),
    code: code && { bytes: code.number('bytes'), sha256: code.text('sha256'), blake3: code.maybeText('blake3') ?? '' },
    memoryBytes: answer.number('memory_bytes'),
    pages: answer.number('pages'),
  };
}

/** Money in the last state. What shielded notes hold together is not known to anybody. */
export interface Supply {
  emitted: bigint;
  burnt: bigint;
  staked: bigint;
  locked: bigint;
  unclaimedRewards: bigint;
}

export async function supply(signal?: AbortSignal): Promise<Supply> {
  const answer = Fields.of(await askJson('/supply', signal ? { signal } : {}));
  return {
    emitted: answer.lux('emitted'),
    burnt: answer.lux('burnt'),
    staked: answer.lux('staked'),
    locked: answer.lux('locked'),
    unclaimedRewards: answer.lux('unclaimed_rewards'),
  };
}
