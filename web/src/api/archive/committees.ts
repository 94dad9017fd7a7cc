// Who was to vote on a past block, and who did.
import { Fields, listOf } from '../fields';
import { askJson } from '../http';

export interface PastMember {
  account: string;
  credits: number;
  /** Null where nobody has shown it. */
  voted: boolean | null;
}

export interface PastCommittee {
  credits: number;
  votedCredits: number | null;
  members: PastMember[];
}

export interface PastIteration {
  iteration: number;
  /** Was to make the block; null where nobody could. */
  generator: string | null;
  /** valid, invalid, no_candidate or no_quorum; null where nobody has shown it. */
  outcome: string | null;
  validation: PastCommittee;
  ratification: PastCommittee;
}

function readMember(fields: Fields): PastMember {
  return { account: fields.text('account'), credits: fields.number('credits'), voted: typeof fields.get('voted') === 'boolean' ? fields.flag('voted') : null };
}

function readCommittee(fields: Fields): PastCommittee {
  return { credits: fields.number('credits'), votedCredits: fields.maybeNumber('voted_credits'), members: listOf(fields.get('members'), readMember) };
}

export function readIteration(fields: Fields): PastIteration {
  return {
    iteration: fields.number('iteration'),
    generator: fields.maybeText('generator'),
    outcome: fields.maybeText('outcome'),
    validation: readCommittee(fields.object('validation')),
    ratification: readCommittee(fields.object('ratification')),
  };
}

/** Of each iteration up to that of the block; an error of status 404 where its stakes are not known any more. */
export async function blockCommittees(hash: string, signal?: AbortSignal): Promise<PastIteration[]> {
  const answer = Fields.of(await askJson(`/archive/blocks/${hash}/committees`, signal ? { signal } : {}));
  return listOf(answer.get('iterations'), readIteration);
}
