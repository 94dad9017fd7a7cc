import type { Label } from '../api/ledger';

export type Stage = 'waiting' | 'included' | 'confirmed' | 'final';
export const stages: readonly Stage[] = ['waiting', 'included', 'confirmed', 'final'];

/** How far a transaction has come, by the label of its block; null for the label while it waits. */
export function stageOf(label: Label | null): Stage {
  if (label === null) return 'waiting';
  return label === 'final' ? 'final' : label === 'confirmed' ? 'confirmed' : 'included';
}

export type StageState = 'done' | 'now' | 'later';

export function stateOf(stage: Stage, reached: Stage): StageState {
  const distance = stages.indexOf(stage) - stages.indexOf(reached);
  if (distance < 0 || stage === 'final' && reached === 'final') return 'done';
  return distance === 0 ? 'now' : 'later';
}
