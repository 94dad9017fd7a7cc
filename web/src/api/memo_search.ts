// Transactions with exactly one memo: a field of GraphQL that only nodes with an archive have.
import { Fields } from './fields';
import { graphql } from './graphql';
import { NodeError } from './http';

/** Their ids, at most 200; none where the node has no archive. */
export async function transactionsByMemo(memo: string, signal?: AbortSignal): Promise<string[]> {
  try {
    const data = await graphql(`{ transactionsByMemo(memo: ${JSON.stringify(memo)}) { json } }`, signal);
    const list = data.maybeObject('transactionsByMemo')?.maybeList('json') ?? [];
    const ids = list.map((item) => Fields.maybe(item)?.maybeText('origin')).filter((id) => typeof id === 'string');
    return [...new Set(ids)].slice(0, 200);
  } catch (error) {
    if (error instanceof NodeError && error.message.startsWith('Unknown field')) return [];
    throw error;
  }
}
