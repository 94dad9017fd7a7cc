// What a person sets for a wallet. Kept with the wallet's private state.
import type { ProverChoice } from './core/proving';

export interface Settings {
  lockMinutes: number; // without a touch, after which the wallet locks
  prover: ProverChoice | 'auto';
  profiles: number;
}

export const noSettings: Settings = { lockMinutes: 10, prover: 'auto', profiles: 1 };
export const LOCK_CHOICES = [2, 10, 30, 60];
export const MOST_PROFILES = 16;

export interface Contact {
  name: string;
  address: string;
}
