// Rules of the stake contract that a person should know before signing (spec of the stake contract: epochs of 2160
// blocks; a new stake counts from the end of the next epoch on).
import type { Stake } from './node';

export const EPOCH_BLOCKS = 2160n;

export function nextEpoch(height: bigint): bigint {
  return height + EPOCH_BLOCKS - (height % EPOCH_BLOCKS);
}

// From when a stake counts that gets into a block of that height.
export function eligibleFrom(height: bigint): bigint {
  return nextEpoch(height) + EPOCH_BLOCKS;
}

export interface StakeOutlook {
  eligibility: bigint; // height
  blocksLeft: bigint; // 0: it counts already
  secondsLeft: number | null; // at the pace of the last blocks; nothing where that is not known
}

export function outlook(eligibility: bigint, height: bigint, blockTime: number | null): StakeOutlook {
  const blocksLeft = eligibility > height ? eligibility - height : 0n;
  return { eligibility, blocksLeft, secondsLeft: blockTime === null ? null : Number(blocksLeft) * blockTime };
}

export type StakeProblem =
  | { problem: 'below_minimum'; minimum: bigint }
  | { problem: 'no_stake' }
  | { problem: 'more_than_staked'; staked: bigint }
  | { problem: 'rest_below_minimum'; minimum: bigint; staked: bigint }
  | { problem: 'more_than_reward'; reward: bigint };

export function checkStake(stake: Stake | null, amount: bigint, minimum: bigint): StakeProblem | null {
  const isNew = !stake || stake.amount + stake.locked === 0n;
  return isNew && amount < minimum ? { problem: 'below_minimum', minimum } : null;
}

export function checkUnstake(stake: Stake | null, amount: bigint, minimum: bigint): StakeProblem | null {
  const staked = stake ? stake.amount + stake.locked : 0n;
  if (staked === 0n) return { problem: 'no_stake' };
  if (amount > staked) return { problem: 'more_than_staked', staked };
  const rest = staked - amount;
  return rest > 0n && rest < minimum ? { problem: 'rest_below_minimum', minimum, staked } : null;
}

export function checkClaim(stake: Stake | null, amount: bigint): StakeProblem | null {
  const reward = stake?.reward ?? 0n;
  return amount > reward ? { problem: 'more_than_reward', reward } : null;
}

// What of a top-up stays locked until all is taken back: a tenth, where the stake counts already.
export function lockedByTopUp(stake: Stake | null, amount: bigint, height: bigint): bigint {
  return stake && stake.amount > 0n && height >= stake.eligibility ? amount / 10n : 0n;
}
