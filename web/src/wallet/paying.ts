// Orders of a person, carried out with the open wallet of this tab.
import { PageProving } from './core/page_proving';
import { NodeProving, ProvingFailure, type ProverChoice } from './core/proving';
import { Payments, type Prepared, type ProofProgress, type Proving, type Standing } from './core/payments';
import { replacementPrice, type Entry } from './core/journal';
import { modelOf, usualGas, type FeeChoice, type Order } from './core/order';
import { NodeError } from './core/node';
import { wallet } from './session.svelte';

export function standing(profile = wallet.profile): Standing {
  const texts = wallet.profiles[profile];
  const account = wallet.accounts.get(profile);
  if (!texts || !account || !wallet.chain) throw new NodeError('no_answer');
  return {
    profile,
    texts,
    account,
    stake: wallet.stakes.get(profile) ?? null,
    minimumStake: wallet.minimumStake,
    notes: wallet.notes,
    notesAreRead: wallet.notesAreRead,
    entries: wallet.entries,
    shieldedWorks: wallet.chain.shieldedWorks,
    chainId: wallet.chain.chainId,
    isOurs: wallet.chain.isOurs,
  };
}

function payments(): Payments {
  if (!wallet.engine) throw new NodeError('no_answer');
  return new Payments(wallet.node, wallet.engine);
}

// Nothing leaves yet.
export async function prepare(
  order: Order,
  fee: FeeChoice,
  more: { profile?: number; replaced?: Entry; origin?: string } = {},
): Promise<Prepared> {
  await wallet.refresh();
  const prepared = await payments().prepare(order, fee, standing(more.profile), more.replaced);
  return more.origin === undefined ? prepared : { ...prepared, origin: more.origin };
}

export function proverInUse(): ProverChoice {
  const { prover } = wallet.settings;
  return prover === 'auto' ? (wallet.module.proves ? 'page' : 'node') : prover;
}

// Of the module that is in use.
let inPage: { module: ArrayBuffer; proving: PageProving } | null = null;

function proving(): Proving {
  if (proverInUse() === 'node') return new NodeProving(wallet.node);
  const module = wallet.moduleBytes;
  if (module === null) throw new ProvingFailure('no_prover');
  if (inPage?.module !== module) {
    inPage?.proving.close();
    inPage = { module, proving: new PageProving(module) };
    wallet.atLock.push(() => {
      inPage?.proving.close();
      inPage = null;
    });
  }
  return inPage.proving;
}

// Makes it complete, writes it down, hands it to the node. What the node refuses is taken out of the history again.
export async function send(prepared: Prepared, report: (progress: ProofProgress) => void, signal?: AbortSignal): Promise<Entry> {
  wallet.proving++;
  try {
    const isShielded = modelOf(prepared.order) === 'shielded';
    const prover = isShielded ? proving() : new NodeProving(wallet.node);
    const entry = await payments().complete(prepared, standing(prepared.profile), prover, report, signal);
    await wallet.updateEntries((entries) => [entry, ...entries.filter((other) => other.id !== entry.id)]);
    try {
      await payments().send(entry);
    } catch (error) {
      const isRefused = error instanceof NodeError && error.reason === 'refused';
      if (isRefused) await wallet.updateEntries((entries) => entries.filter((other) => other.id !== entry.id));
      throw error;
    }
    void wallet.refresh().catch(() => undefined);
    return entry;
  } finally {
    wallet.proving--;
  }
}

// The same bytes once more, for one that the mempool forgot.
export async function resend(entry: Entry): Promise<void> {
  await payments().send(entry);
  await wallet.updateEntries((entries) =>
    entries.map((other) => (other.id === entry.id ? { ...other, state: 'sent', sent: Date.now() } : other)),
  );
}

// The order that takes the place of a pending one, and what it must pay at least.
export function replacement(entry: Entry, usualPrice: bigint, cancel: boolean): { order: Order; fee: FeeChoice } {
  const order: Order = cancel ? { kind: 'cancel', model: entry.model } : entry.order;
  return {
    order,
    fee: { gasLimit: cancel ? usualGas(order) : entry.fee.gasLimit, gasPrice: replacementPrice(entry, wallet.entries, usualPrice) },
  };
}
