import { describe, expect, it } from 'vitest';
import { Fields } from '../api/fields';
import type { Json } from '../codecs/exact_json';
import { applyEvent, emptyView, readRound, tally, type View } from './round';

const committee = (...credits: number[]): Json => ({ credits: 64, members: credits.map((count, i) => ({ key: `k${i}`, credits: count })) });
const common = { round: 7, iteration: 0 };

function play(view: View, ...events: { [name: string]: Json }[]): View {
  return events.reduce((now, event, i) => applyEvent(now, Fields.of({ ...common, time_ms: 1000 + i, ...event }), i), view);
}

const start: { [name: string]: Json }[] = [
  { event: 'round_started', prev_block_hash: 'aa', first_iteration: 0 },
  { event: 'iteration_started', generator: 'G', is_emergency: false, committees: { validation: committee(20, 24, 20), ratification: committee(32, 32) } },
];

describe('a round of consensus', () => {
  it('goes from a candidate over two quorums to a block', () => {
    const view = play(
      emptyView,
      ...start,
      { event: 'step_started', step: 'proposal', deadline_ms: 5000 },
      { event: 'candidate_seen', hash: 'c', generator: 'G', timestamp: 1, transactions: 3, is_own: false },
      { event: 'step_started', step: 'validation', deadline_ms: 9000 },
      { event: 'vote', step: 'validation', member: 0, key: 'k0', credits: 20, vote: 'valid', hash: 'c', total: 20, needed: 43, is_own: false },
      { event: 'vote', step: 'validation', member: 1, key: 'k1', credits: 24, vote: 'valid', hash: 'c', total: 44, needed: 43, is_own: true },
      { event: 'quorum', step: 'validation', vote: 'valid', hash: 'c', credits: 44, needed: 43, voters: [0, 1] },
      { event: 'step_started', step: 'ratification', deadline_ms: null },
    );
    expect(view.now).toMatchObject({ round: 7, step: 'ratification', generator: 'G', candidate: { hash: 'c', transactions: 3 }, outcome: null });
    expect(tally(view.now!.committees.validation)).toEqual({ valid: 44, invalid: 0, no_candidate: 0, no_quorum: 0 });

    const ended = play(
      view,
      { event: 'quorum', step: 'ratification', vote: 'valid', hash: 'c', credits: 64, needed: 43, voters: [0, 1] },
      { event: 'iteration_ended', outcome: 'agreed', vote: 'valid', hash: 'c' },
      { event: 'round_ended', hash: 'c', generator: 'G', time_ms: 4000 },
    );
    expect(ended.now?.outcome).toBe('agreed');
    expect(ended.now?.committees.ratification.members.every((member) => member.vote === 'valid')).toBe(true);
    expect(ended.ended).toEqual([{ round: 7, iteration: 0, generator: 'G', hash: 'c', took: 3000, credits: { validation: 44, ratification: 64 } }]);
  });

  it('starts anew with the next iteration, and late votes of the one before change nothing', () => {
    const view = play(
      emptyView,
      ...start,
      { event: 'iteration_ended', outcome: 'failed', vote: 'no_candidate', hash: null },
      { event: 'iteration_started', iteration: 1, generator: 'H', committees: { validation: committee(64), ratification: committee(64) } },
      { event: 'vote', step: 'validation', member: 0, key: 'k0', credits: 20, vote: 'no_candidate', hash: null, total: 20, needed: 33, is_own: false },
    );
    expect(view.now).toMatchObject({ iteration: 1, generator: 'H', outcome: null });
    expect(tally(view.now!.committees.validation).no_candidate).toBe(0);
  });

  it('is drawn at once from what the node tells of it', () => {
    const round = readRound(Fields.of({
      round: 9, iteration: 2, step: 'validation', prev_block_hash: 'aa', generator: 'G', is_emergency: false, step_began_ms: 5, deadline_ms: 10,
      candidate: { hash: 'c', verdict: 'valid' }, agreed: false,
      committees: { validation: { credits: 64, members: [{ key: 'a', credits: 30, vote: 'valid', hash: 'c' }, { key: 'b', credits: 34, vote: null, hash: null }] }, ratification: { credits: 0, members: [] } },
      next: 1,
    }));
    expect(tally(round.committees.validation).valid).toBe(30);
    expect(round.candidate).toEqual({ hash: 'c', transactions: null, verdict: 'valid' });
  });

  it('is told to have ended after the next one has begun', () => {
    const view = play(
      emptyView,
      ...start,
      { event: 'quorum', step: 'validation', vote: 'valid', hash: 'c', credits: 44, needed: 43, voters: [0, 1] },
      { event: 'quorum', step: 'ratification', vote: 'valid', hash: 'c', credits: 64, needed: 43, voters: [0, 1] },
      { event: 'iteration_ended', outcome: 'agreed', vote: 'valid', hash: 'c' },
      { event: 'round_started', round: 8, prev_block_hash: 'c', first_iteration: 0 },
      { event: 'iteration_started', round: 8, generator: 'H', committees: { validation: committee(64), ratification: committee(64) } },
      { event: 'round_ended', hash: 'c', generator: 'G', time_ms: 4000 },
    );
    expect(view.now).toMatchObject({ round: 8, outcome: null, generator: 'H' });
    expect(view.before?.round).toMatchObject({ round: 7, outcome: 'agreed' });
    expect(view.ended).toEqual([{ round: 7, iteration: 0, generator: 'G', hash: 'c', took: 3000, credits: { validation: 44, ratification: 64 } }]);
  });

  it('counts a round that came by sync once', () => {
    const event = { event: 'round_ended', hash: 'c', generator: 'G' };
    const view = play(emptyView, event, event);
    expect(view.ended).toHaveLength(1);
    expect(view.ended[0]?.took).toBeNull();
  });
});
