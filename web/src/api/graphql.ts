import { Fields } from './fields';
import { askJson, NodeError } from './http';

/** The data of an answer. The first error of an answer is thrown. */
export async function graphql(query: string, signal?: AbortSignal): Promise<Fields> {
  const answer = Fields.of(
    await askJson('/graphql', {
      method: 'POST',
      body: JSON.stringify({ query }),
      headers: { 'Content-Type': 'application/json' },
      ...(signal && { signal }),
    }),
  );
  const [error] = answer.maybeList('errors');
  if (error !== undefined) throw new NodeError(Fields.maybe(error)?.maybeText('message') || 'The node refused the question', 200);
  return answer.object('data');
}
