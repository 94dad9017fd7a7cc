import { describe, expect, it } from 'vitest';
import { checkClaim, checkStake, checkUnstake, eligibleFrom, lockedByTopUp, outlook } from './staking';

const MIN = 1000n;
const stake = { amount: 1500n, locked: 100n, eligibility: 4320n, reward: 7n, faults: 0, hardFaults: 0 };

describe('staking', () => {
  it('counts from the end of the next epoch on', () => {
    expect(eligibleFrom(1n)).toBe(4320n);
    expect(eligibleFrom(2159n)).toBe(4320n);
    expect(eligibleFrom(2160n)).toBe(6480n);
    expect(outlook(4320n, 4000n, 10)).toEqual({ eligibility: 4320n, blocksLeft: 320n, secondsLeft: 3200 });
    expect(outlook(4320n, 5000n, null)).toEqual({ eligibility: 4320n, blocksLeft: 0n, secondsLeft: null });
  });

  it('says what the contract would refuse', () => {
    expect(checkStake(null, 999n, MIN)).toEqual({ problem: 'below_minimum', minimum: MIN });
    expect(checkStake(null, 1000n, MIN)).toBeNull();
    expect(checkStake(stake, 1n, MIN)).toBeNull();
    expect(checkUnstake(null, 1n, MIN)).toEqual({ problem: 'no_stake' });
    expect(checkUnstake(stake, 1601n, MIN)).toEqual({ problem: 'more_than_staked', staked: 1600n });
    expect(checkUnstake(stake, 601n, MIN)).toEqual({ problem: 'rest_below_minimum', minimum: MIN, staked: 1600n });
    expect(checkUnstake(stake, 600n, MIN)).toBeNull();
    expect(checkUnstake(stake, 1600n, MIN)).toBeNull();
    expect(checkClaim(stake, 8n)).toEqual({ problem: 'more_than_reward', reward: 7n });
    expect(checkClaim(stake, 7n)).toBeNull();
  });

  it('locks a tenth of what is added to a stake that counts', () => {
    expect(lockedByTopUp(stake, 1005n, 4320n)).toBe(100n);
    expect(lockedByTopUp(stake, 1005n, 4319n)).toBe(0n);
    expect(lockedByTopUp(null, 1005n, 9999n)).toBe(0n);
  });
});
