/** Whether the money of a row of an account's history came to its public balance or left it. */
export type Flow = 'in' | 'out' | 'none';

const incoming = new Set(['received', 'unshielded', 'claimed', 'rewarded', 'refunded', 'unstaked']);
const outgoing = new Set(['sent', 'shielded', 'deposited', 'staked']);

/** Of a kind as `/archive/accounts/…/history` names it; a kind that this page does not know moves nothing that it could tell. */
export const flowOf = (kind: string): Flow => (incoming.has(kind) ? 'in' : outgoing.has(kind) ? 'out' : 'none');
