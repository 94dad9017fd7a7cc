import { isActive, minimumStake, type Provisioner } from '../api/node';

export type StakeState = 'active' | 'waiting' | 'small' | 'none';

export function stakeState(stake: Provisioner, tip: number): StakeState {
  if (isActive(stake, tip)) return 'active';
  if (stake.amount === 0n && stake.locked === 0n) return 'none';
  return stake.amount < minimumStake ? 'small' : 'waiting';
}
