import { expect, it } from 'vitest';
import { parseExactJson } from '../../codecs/exact_json';
import { Fields } from '../fields';
import { readIteration } from './committees';

// The form that docs/interfaces.md gives.
const committee = (votes: string): string => `{"credits": 64, "voted_credits": ${votes === 'null' ? 'null' : '9'}, "members": [{"account": "A", "credits": 9, "voted": ${votes}}, {"account": "B", "credits": 55, "voted": ${votes === 'null' ? 'null' : 'false'}}]}`;
const iteration = (outcome: string, votes: string): string =>
  `{"iteration": 1, "generator": "G", "outcome": ${outcome}, "validation": ${committee(votes)}, "ratification": ${committee(votes)}}`;

it('reads who voted', () => {
  const read = readIteration(Fields.of(parseExactJson(iteration('"valid"', 'true'))));
  expect(read).toMatchObject({ iteration: 1, generator: 'G', outcome: 'valid' });
  expect(read.validation).toEqual({ credits: 64, votedCredits: 9, members: [{ account: 'A', credits: 9, voted: true }, { account: 'B', credits: 55, voted: false }] });
});

it('tells what nobody has shown from what did not happen', () => {
  const read = readIteration(Fields.of(parseExactJson(iteration('null', 'null'))));
  expect(read.outcome).toBeNull();
  expect(read.ratification.votedCredits).toBeNull();
  expect(read.ratification.members.map(({ voted }) => voted)).toEqual([null, null]);
});
