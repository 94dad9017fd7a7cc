// How the wallet asks a node: what is sent, what comes back, what goes wrong.
import { parseExactJson } from '../../codecs/exact_json';
import { isRecord } from './json';

export type NodeReason =
  | 'no_answer' // nothing came back
  | 'busy' // 429: too many questions
  | 'refused' // 4xx: `detail` says why, in the node's words
  | 'not_offered' // 404, 501: this node does not have it
  | 'broken'; // 5xx, or an answer that makes no sense

export class NodeError extends Error {
  override readonly name = 'NodeError';
  constructor(
    readonly reason: NodeReason,
    readonly detail = '',
    readonly status = 0,
  ) {
    super(`${reason}${detail && `: ${detail}`}`);
  }
}

export class NodeHttp {
  constructor(
    readonly base = '',
    private readonly ask: typeof fetch = (...args) => fetch(...args),
  ) {}

  async graphql(query: string): Promise<Record<string, unknown>> {
    const answer = await this.json('/graphql', JSON.stringify({ query }), { 'Content-Type': 'application/json' });
    if (!isRecord(answer)) throw new NodeError('broken', 'graphql');
    if (Array.isArray(answer.errors) && answer.errors.length > 0) {
      const message = isRecord(answer.errors[0]) ? String(answer.errors[0].message) : '';
      throw new NodeError(message.includes('Unknown field') ? 'not_offered' : 'refused', message);
    }
    if (!isRecord(answer.data)) throw new NodeError('broken', 'graphql');
    return answer.data;
  }

  // Nothing where the node does not have the route.
  async get(path: string): Promise<unknown> {
    let answer: Response;
    try {
      answer = await this.ask(this.base + path);
    } catch {
      throw new NodeError('no_answer');
    }
    if ([404, 405, 501].includes(answer.status)) return null;
    if (!answer.ok) throw await failure(answer);
    return readJson(answer);
  }

  async json(path: string, body?: Uint8Array | string, headers: Record<string, string> = {}): Promise<unknown> {
    return readJson(await this.post(path, body, headers));
  }

  protected async post(
    path: string,
    body?: Uint8Array | string,
    headers: Record<string, string> = {},
    signal?: AbortSignal,
  ): Promise<Response> {
    for (let attempt = 0; ; attempt++) {
      let answer: Response;
      try {
        answer = await this.ask(this.base + path, {
          method: 'POST',
          headers,
          ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
          ...(signal ? { signal } : {}),
        });
      } catch (error) {
        if (signal?.aborted) throw error;
        throw new NodeError('no_answer');
      }
      if (answer.ok) return answer;
      // Asked again a few times where the node has too many questions at the moment.
      if (answer.status === 429 && attempt < 4) {
        await new Promise((resolve) => setTimeout(resolve, 1000));
        continue;
      }
      throw await failure(answer);
    }
  }
}

async function readJson(answer: Response): Promise<unknown> {
  try {
    return parseExactJson(await answer.text());
  } catch {
    throw new NodeError('broken', 'no JSON');
  }
}

async function failure(answer: Response): Promise<NodeError> {
  let detail = '';
  try {
    const body = parseExactJson(await answer.text());
    if (isRecord(body) && typeof body.error === 'string') detail = body.error;
  } catch {
    // An answer without an explanation.
  }
  const { status } = answer;
  if (status === 429) return new NodeError('busy', detail, status);
  if (status === 404 || status === 501) return new NodeError('not_offered', detail, status);
  return new NodeError(status >= 500 ? 'broken' : 'refused', detail, status);
}
