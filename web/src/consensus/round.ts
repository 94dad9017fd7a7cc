// What is known of a round of consensus, and how each event changes it. Plain values in, plain values out.
import { Fields, listOf } from '../api/fields';

export type Step = 'proposal' | 'validation' | 'ratification';
export type Vote = 'valid' | 'invalid' | 'no_candidate' | 'no_quorum';
export const committeeSteps = ['validation', 'ratification'] as const;
export type CommitteeStep = (typeof committeeSteps)[number];

export interface Member {
  key: string;
  credits: number;
  vote: Vote | null;
}

export interface Committee {
  credits: number;
  members: Member[];
  quorum: { vote: Vote; credits: number; needed: number } | null;
}

export interface Round {
  round: number;
  iteration: number;
  step: Step;
  generator: string | null;
  isEmergency: boolean;
  /** Unix milliseconds. */
  stepBegan: number;
  deadline: number | null;
  candidate: { hash: string; transactions: number | null; verdict: string | null } | null;
  outcome: 'agreed' | 'failed' | 'timed_out' | null;
  committees: Record<CommitteeStep, Committee>;
}

export interface EndedRound {
  round: number;
  iteration: number;
  generator: string;
  hash: string;
  /** Milliseconds from its beginning, where this page saw it. */
  took: number | null;
  /** Credits of the quorums that were seen. */
  credits: Record<CommitteeStep, number | null>;
}

export interface LogEntry {
  sequence: number;
  time: number;
  round: number;
  iteration: number;
  event: Fields;
}

export interface View {
  now: Round | null;
  /** When it began, where that was seen. */
  began: number | null;
  /** The round before: that it ended is told after the next one has begun. */
  before: { round: Round; began: number | null } | null;
  ended: EndedRound[];
  log: LogEntry[];
}

export const emptyView: View = { now: null, began: null, before: null, ended: [], log: [] };

const keptRounds = 50;
const keptLog = 200;
const emptyCommittee = (): Committee => ({ credits: 0, members: [], quorum: null });

function readStep(value: string | null): Step {
  return value === 'validation' || value === 'ratification' ? value : 'proposal';
}

function readVote(value: string | null): Vote | null {
  return value === 'valid' || value === 'invalid' || value === 'no_candidate' || value === 'no_quorum' ? value : null;
}

function readCommittee(fields: Fields | null): Committee {
  if (!fields) return emptyCommittee();
  return {
    credits: fields.number('credits'),
    members: listOf(fields.get('members'), (member) => ({
      key: member.text('key'),
      credits: member.number('credits'),
      vote: readVote(member.maybeText('vote')),
    })),
    quorum: null,
  };
}

function readCommittees(fields: Fields | null): Record<CommitteeStep, Committee> {
  return { validation: readCommittee(fields?.maybeObject('validation') ?? null), ratification: readCommittee(fields?.maybeObject('ratification') ?? null) };
}

/** The answer of `consensus.round`. */
export function readRound(fields: Fields): Round {
  const candidate = fields.maybeObject('candidate');
  return {
    round: fields.number('round'),
    iteration: fields.number('iteration'),
    step: readStep(fields.maybeText('step')),
    generator: fields.maybeText('generator'),
    isEmergency: fields.flag('is_emergency'),
    stepBegan: fields.maybeNumber('step_began_ms') ?? 0,
    deadline: fields.maybeNumber('deadline_ms'),
    candidate: candidate && { hash: candidate.text('hash'), transactions: candidate.maybeNumber('transactions'), verdict: candidate.maybeText('verdict') },
    outcome: fields.flag('agreed') ? 'agreed' : null,
    committees: readCommittees(fields.maybeObject('committees')),
  };
}

/** The view after an event of the channel `consensus`. */
export function applyEvent(view: View, event: Fields, sequence: number): View {
  const kind = event.text('event');
  const [round, iteration, time] = [event.number('round'), event.number('iteration'), event.number('time_ms')];
  const log = kind === 'vote' || kind === 'step_started' ? view.log : [{ sequence, time, round, iteration, event }, ...view.log].slice(0, keptLog);
  const logged = { ...view, log };
  if (kind === 'round_ended') return endRound(logged, event, round, iteration, time);
  if (kind === 'round_started') {
    const before = view.now && view.now.round < round ? { round: view.now, began: view.began } : view.before;
    return { ...logged, began: time, before, now: begun(round, iteration, time) };
  }

  const same = view.now?.round === round && view.now.iteration === iteration ? view.now : null;
  if (kind === 'iteration_started') {
    return {
      ...logged,
      now: { ...begun(round, iteration, time), generator: event.maybeText('generator'), isEmergency: event.flag('is_emergency'), committees: readCommittees(event.maybeObject('committees')) },
    };
  }
  // Late votes of earlier iterations change nothing that is drawn.
  if (!same) return logged;
  return { ...logged, now: within(same, kind, event, time) };
}

function begun(round: number, iteration: number, time: number): Round {
  return {
    round, iteration, step: 'proposal', generator: null, isEmergency: false, stepBegan: time, deadline: null, candidate: null, outcome: null,
    committees: { validation: emptyCommittee(), ratification: emptyCommittee() },
  };
}

function within(now: Round, kind: string, event: Fields, time: number): Round {
  switch (kind) {
    case 'step_started':
      return { ...now, step: readStep(event.maybeText('step')), stepBegan: time, deadline: event.maybeNumber('deadline_ms') };
    case 'candidate_seen':
      return { ...now, candidate: { hash: event.text('hash'), transactions: event.maybeNumber('transactions'), verdict: now.candidate?.verdict ?? null } };
    case 'candidate_judged':
      return { ...now, candidate: { hash: event.text('hash'), transactions: now.candidate?.transactions ?? null, verdict: event.text('verdict') } };
    case 'vote':
      return changeCommittee(now, event, (committee) => withVotes(committee, [event.number('member')], readVote(event.maybeText('vote'))));
    case 'quorum':
      return changeCommittee(now, event, (committee) => {
        const vote = readVote(event.maybeText('vote'));
        const voters = event.maybeList('voters').filter((index) => typeof index === 'number');
        return { ...withVotes(committee, voters, vote), quorum: vote && { vote, credits: event.number('credits'), needed: event.number('needed') } };
      });
    case 'iteration_ended': {
      const outcome = event.maybeText('outcome');
      return { ...now, outcome: outcome === 'agreed' || outcome === 'failed' || outcome === 'timed_out' ? outcome : null, deadline: null };
    }
    default:
      return now;
  }
}

function changeCommittee(now: Round, event: Fields, change: (committee: Committee) => Committee): Round {
  const step = readStep(event.maybeText('step'));
  if (step === 'proposal') return now;
  return { ...now, committees: { ...now.committees, [step]: change(now.committees[step]) } };
}

function withVotes(committee: Committee, indexes: number[], vote: Vote | null): Committee {
  const voted = new Set(indexes);
  return { ...committee, members: committee.members.map((member, i) => (voted.has(i) ? { ...member, vote } : member)) };
}

function endRound(view: View, event: Fields, round: number, iteration: number, time: number): View {
  if (view.ended[0]?.round === round) return view;
  const known = [{ round: view.now, began: view.began }, view.before].find((one) => one?.round?.round === round);
  const seen = known?.round?.iteration === iteration ? known.round : null;
  const ended: EndedRound = {
    round,
    iteration,
    generator: event.text('generator'),
    hash: event.text('hash'),
    took: known && known.began !== null ? time - known.began : null,
    credits: { validation: seen?.committees.validation.quorum?.credits ?? null, ratification: seen?.committees.ratification.quorum?.credits ?? null },
  };
  const now = view.now && view.now.round === round ? { ...view.now, outcome: 'agreed' as const, deadline: null } : view.now;
  return { ...view, now, ended: [ended, ...view.ended].slice(0, keptRounds) };
}

/** Credits that were seen, by vote. */
export function tally(committee: Committee): Record<Vote, number> {
  const sums: Record<Vote, number> = { valid: 0, invalid: 0, no_candidate: 0, no_quorum: 0 };
  for (const member of committee.members) if (member.vote) sums[member.vote] += member.credits;
  return sums;
}

export const quorumOf = (vote: Vote): number => (vote === 'valid' ? 43 : 33);
