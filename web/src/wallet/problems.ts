// What went wrong, as a sentence that says what to do.
import { formatDusk } from '../codecs/lux';
import { NodeError } from './core/node';
import { PaymentFailure, type PaymentProblem } from './core/payments';
import { ProvingFailure } from './core/proving';
import { VaultFailure } from './core/vault';
import { WalletCoreError } from './core/module_calls';
import { strings } from '../strings';

const words = strings.wallet.problems;

function paymentText(why: PaymentProblem): string {
  switch (why.problem) {
    case 'insufficient':
      return words.insufficient(formatDusk(why.needed), formatDusk(why.available));
    case 'scattered':
      return words.scattered(formatDusk(why.spendable));
    case 'below_minimum':
      return words.below_minimum(formatDusk(why.minimum));
    case 'more_than_staked':
      return words.more_than_staked(formatDusk(why.staked));
    case 'rest_below_minimum':
      return words.rest_below_minimum(formatDusk(why.minimum));
    case 'more_than_reward':
      return words.more_than_reward(formatDusk(why.reward));
    default:
      return words[why.problem];
  }
}

// Texts of a node are shown as they are, shortened: they are text, never markup.
function shortened(detail: string): string {
  const clean = detail.replace(/\s+/g, ' ').trim();
  return clean.length > 300 ? `${clean.slice(0, 300)}…` : clean;
}

export function problemText(error: unknown): string {
  if (error instanceof PaymentFailure) return paymentText(error.why);
  if (error instanceof NodeError) return error.reason === 'refused' ? words.refused(shortened(error.detail)) : words[error.reason];
  if (error instanceof VaultFailure) return words[error.reason];
  if (error instanceof ProvingFailure) {
    return error.reason === 'failed' ? words.proving_failed(shortened(error.detail)) : words[error.reason];
  }
  if (error instanceof WalletCoreError) return error.reason === 'refused' ? words.file(shortened(error.detail)) : words.module;
  if (error instanceof DOMException && error.name === 'AbortError') return words.stopped;
  if (error instanceof Error && error.name === 'EngineLocked') return words.locked;
  return words.unknown;
}
