// From an order to a transaction in the network: what it costs, whether it can work, signing, proving, sending.
import { parseAddress } from './address';
import { memoBytes, MEMO_MAX_BYTES } from './payment_uri';
import { chooseNotes, notesBalance, type Note, type NotesState } from './notes';
import { areRivals, nextNonce, newEntry, pendingPublicCost, reservedNotes, type Entry } from './journal';
import { amountOf, modelOf, mostFee, type FeeChoice, type Order } from './order';
import { fromHex } from '../../codecs/hex';
import { U64_MAX } from './bytes';
import type { AccountStatus, NodeClient, Simulation, Stake } from './node';
import { simulate } from './node_extras';
import type { Engine, Plan, ProfileTexts } from './engine';
import { checkClaim, checkStake, checkUnstake, type StakeProblem } from './staking';
import type { SignedTx } from './wallet_transactions';

export type PaymentProblem =
  | { problem: 'bad_recipient' }
  | { problem: 'no_amount' }
  | { problem: 'memo_too_long' }
  | { problem: 'fee_too_large' }
  | { problem: 'insufficient'; needed: bigint; available: bigint }
  | { problem: 'scattered'; needed: bigint; spendable: bigint }
  | { problem: 'shielded_off' }
  | { problem: 'bad_contract' }
  | { problem: 'still_reading' }
  | StakeProblem;

export class PaymentFailure extends Error {
  constructor(readonly why: PaymentProblem) {
    super(why.problem);
  }
}

// The parts of the engine that payments use; the page's goes through its worker.
export interface Signer {
  call<K extends 'sign' | 'prepare' | 'finish' | 'isAccount'>(
    name: K,
    ...args: Parameters<Engine[K]>
  ): Promise<Awaited<ReturnType<Engine[K]>>>;
}

export interface Proving {
  prove(circuit: Uint8Array, report: (progress: ProofProgress) => void, signal?: AbortSignal): Promise<Uint8Array>;
}

export interface ProofProgress {
  stage: 'service' | 'start' | 'parameters' | 'key' | 'proof';
  done: number; // 0 to 1
  secondsLeft: number | null;
}

// All that an order is checked against.
export interface Standing {
  profile: number;
  texts: ProfileTexts;
  account: AccountStatus;
  stake: Stake | null;
  minimumStake: bigint;
  notes: NotesState;
  notesAreRead: boolean;
  entries: Entry[];
  shieldedWorks: boolean;
  chainId: number;
  isOurs: boolean; // the node is one of ours
}

export interface Prepared {
  order: Order;
  profile: number;
  fee: FeeChoice;
  most: bigint; // what leaves at most: amount and fee
  nonce?: bigint;
  notes?: Note[];
  // Of public transactions: signed already, and what executing it on the last block came to.
  tx?: SignedTx;
  outcome?: Simulation; // with an error: it would fail, and the fee would be spent for nothing
  origin?: string;
  replaces?: string;
}

// Refuses (PaymentFailure) what cannot work; asks nobody.
export function check(order: Order, fee: FeeChoice, standing: Standing): void {
  const refuse = (why: PaymentProblem | null): void => {
    if (why) throw new PaymentFailure(why);
  };
  if (order.kind === 'send') {
    if ('error' in parseAddress(order.to)) refuse({ problem: 'bad_recipient' });
    if (memoBytes(order.memo).length > MEMO_MAX_BYTES) refuse({ problem: 'memo_too_long' });
  }
  if (order.kind === 'call' && fromHex(order.contract)?.length !== 32) refuse({ problem: 'bad_contract' });
  if (!['call', 'cancel'].includes(order.kind) && 'amount' in order && order.amount <= 0n) refuse({ problem: 'no_amount' });
  if (order.kind === 'stake') refuse(checkStake(standing.stake, order.amount, standing.minimumStake));
  if (order.kind === 'unstake') refuse(checkUnstake(standing.stake, order.amount, standing.minimumStake));
  if (order.kind === 'claim') refuse(checkClaim(standing.stake, order.amount));
  if ((modelOf(order) === 'shielded' || order.kind === 'shield') && !standing.shieldedWorks) refuse({ problem: 'shielded_off' });
  if (mostFee(fee) > U64_MAX || mostFee(fee) + amountOf(order) > U64_MAX) refuse({ problem: 'fee_too_large' });
}

// Whether the balance covers it; of shielded orders also with which notes.
export function cover(order: Order, fee: FeeChoice, standing: Standing, replaced?: Entry): { notes?: Note[] } {
  const needed = amountOf(order) + mostFee(fee);
  const others = standing.entries.filter((entry) => !replaced || !areRivals(entry, replaced));
  if (modelOf(order) === 'public') {
    const available = standing.account.balance - pendingPublicCost(others, standing.profile);
    if (needed > available) throw new PaymentFailure({ problem: 'insufficient', needed, available: available < 0n ? 0n : available });
    return {};
  }
  const reserved = reservedNotes(others);
  if (replaced?.nullifiers) return { notes: notesOf(standing.notes, replaced.nullifiers, needed) };
  const notes = chooseNotes(standing.notes, standing.profile, needed, reserved);
  if (notes) return { notes };
  const { total, spendable } = notesBalance(standing.notes, standing.profile, reserved);
  if (!standing.notesAreRead) throw new PaymentFailure({ problem: 'still_reading' });
  throw new PaymentFailure(
    total >= needed ? { problem: 'scattered', needed, spendable } : { problem: 'insufficient', needed, available: total },
  );
}

// A transaction that takes the place of another one spends the same notes: only one of them can get into a block.
function notesOf(state: NotesState, nullifiers: Uint8Array[], needed: bigint): Note[] {
  const same = (a: Uint8Array, b: Uint8Array) => a.every((byte, i) => byte === b[i]);
  const notes = nullifiers
    .map((nullifier) => state.notes.find((note) => same(note.nullifier, nullifier)))
    .filter((note) => note !== undefined);
  const sum = notes.reduce((total, note) => total + note.value, 0n);
  if (notes.length !== nullifiers.length || sum < needed) throw new PaymentFailure({ problem: 'insufficient', needed, available: sum });
  return notes;
}

function planOf(order: Order, fee: FeeChoice, texts: ProfileTexts): Plan {
  const own = (kind: 'account' | 'address') => {
    const address = parseAddress(texts[kind]);
    if ('error' in address) throw new PaymentFailure({ problem: 'bad_recipient' });
    return address.bytes;
  };
  const pay = (receiver: Uint8Array, value: bigint, memo: string): Plan => ({
    do: receiver.length === 96 ? 'moonlight' : 'phoenix',
    receiver,
    value,
    deposit: 0n,
    ...(memo ? { data: { memo: memoBytes(memo) } } : {}),
    ...fee,
  });
  switch (order.kind) {
    case 'send': {
      const to = parseAddress(order.to);
      if ('error' in to) throw new PaymentFailure({ problem: 'bad_recipient' });
      return pay(to.bytes, order.amount, order.memo);
    }
    case 'cancel':
      return pay(own(order.model === 'public' ? 'account' : 'address'), 0n, '');
    case 'call': {
      const contract = fromHex(order.contract);
      if (contract?.length !== 32) throw new PaymentFailure({ problem: 'bad_contract' });
      const data = { contract, fn: order.fn, args: order.args };
      return order.model === 'public'
        ? { do: 'moonlight', value: 0n, deposit: order.deposit, data, ...fee }
        : { do: 'phoenix', receiver: own('address'), value: 0n, deposit: order.deposit, data, ...fee };
    }
    default:
      return { do: order.kind, value: order.amount, ...fee };
  }
}

export class Payments {
  constructor(
    private readonly node: NodeClient,
    private readonly signer: Signer,
  ) {}

  // What is shown to be confirmed. Nothing has left yet. `replaced`: it takes the place of that one.
  async prepare(order: Order, fee: FeeChoice, standing: Standing, replaced?: Entry): Promise<Prepared> {
    check(order, fee, standing);
    await this.checkRecipient(order);
    const { notes } = cover(order, fee, standing, replaced);
    const prepared: Prepared = {
      order,
      profile: standing.profile,
      fee,
      most: amountOf(order) + mostFee(fee),
      ...(replaced ? { replaces: replaced.id } : {}),
    };
    if (notes) return { ...prepared, notes };
    const { nonce: inBlocks, nextNonce: ofNode } = standing.account;
    const nonce = replaced?.nonce ?? nextNonce(standing.entries, standing.profile, inBlocks, ofNode);
    const plan = planOf(order, fee, standing.texts);
    if (plan.do === 'phoenix' || plan.do === 'unshield') throw new PaymentFailure({ problem: 'bad_recipient' });
    const tx = await this.signer.call('sign', standing.profile, plan, nonce, standing.chainId);
    // Where others wait before it, executing it alone says nothing.
    const outcome = nonce === inBlocks + 1n ? await simulate(this.node, tx.bytes, standing.isOurs).catch(() => null) : null;
    return {
      ...prepared,
      nonce,
      tx,
      ...(outcome ? { outcome } : {}),
    };
  }

  // An address has no checksum, but not all bytes are a key.
  private async checkRecipient(order: Order): Promise<void> {
    if (order.kind !== 'send') return;
    const to = parseAddress(order.to);
    if ('error' in to) throw new PaymentFailure({ problem: 'bad_recipient' });
    if (to.kind === 'public' && !(await this.signer.call('isAccount', to.bytes))) throw new PaymentFailure({ problem: 'bad_recipient' });
  }

  // The transaction as it will leave, with its proof. The entry is to be kept before `send`.
  async complete(
    prepared: Prepared,
    standing: Standing,
    proving: Proving,
    report: (progress: ProofProgress) => void,
    signal?: AbortSignal,
  ): Promise<Entry> {
    const fields = {
      profile: prepared.profile,
      fee: prepared.fee,
      now: Date.now(),
      ...(prepared.origin === undefined ? {} : { origin: prepared.origin }),
    };
    if (prepared.tx && prepared.nonce !== undefined) {
      return newEntry(prepared.order, { ...fields, id: prepared.tx.id, tx: prepared.tx.bytes, nonce: prepared.nonce });
    }
    const notes = prepared.notes ?? [];
    const plan = planOf(prepared.order, prepared.fee, standing.texts);
    if (plan.do !== 'phoenix' && plan.do !== 'unshield') throw new PaymentFailure({ problem: 'bad_recipient' });
    const { openings, root } = await this.openings(notes);
    const unproven = await this.signer.call('prepare', prepared.profile, plan, { notes, openings, root }, standing.chainId);
    const proof = await proving.prove(unproven.circuit, report, signal);
    const tx = await this.signer.call('finish', unproven.tx, proof);
    return newEntry(prepared.order, { ...fields, id: tx.id, tx: tx.bytes, nullifiers: notes.map((note) => note.nullifier) });
  }

  // Paths of the notes and the root that they lead to, all of one block.
  private async openings(notes: Note[]): Promise<{ openings: Uint8Array[]; root: Uint8Array }> {
    for (;;) {
      const before = await this.node.tip();
      const [root, ...openings] = await Promise.all([this.node.noteRoot(), ...notes.map((note) => this.node.opening(note.position))]);
      const after = await this.node.tip();
      if (root && before.hash === after.hash) return { openings, root };
    }
  }

  async send(entry: Entry): Promise<void> {
    await this.node.propagate(entry.tx);
  }
}
