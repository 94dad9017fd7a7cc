// Requests to the node that served the page. Nothing else is ever asked.
import { type Json, parseExactJson } from '../codecs/exact_json';

/** What the node said, or why it could not be asked. */
export class NodeError extends Error {
  constructor(
    message: string,
    /** HTTP status; 0 where there was no answer. */
    readonly status: number,
  ) {
    super(message);
    this.name = 'NodeError';
  }

  /** The node does not have this part (no archive, no such route), which is no fault. */
  get isUnsupported(): boolean {
    return this.status === 501 || this.status === 405 || this.message === 'Path not found';
  }
}

export interface Ask {
  method?: 'GET' | 'POST';
  body?: string | Uint8Array;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

const patience = 20_000; // ms for one answer
const attempts = 3; // where the node says that it is busy

export async function ask(path: string, options: Ask = {}): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const response = await once(path, options);
    if (response.ok) return response;
    if (response.status !== 429 || attempt === attempts) throw await failure(response);
    const seconds = Number(response.headers.get('Retry-After') ?? '1');
    await pause(Math.min(Math.max(seconds, 0.2), 5) * 1000 * attempt, options.signal);
  }
}

async function once(path: string, options: Ask): Promise<Response> {
  const timeout = AbortSignal.timeout(patience);
  try {
    return await fetch(path, {
      method: options.method ?? 'GET',
      body: (options.body ?? null) as BodyInit | null,
      headers: options.headers ?? {},
      signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
      credentials: 'omit',
      redirect: 'error',
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new NodeError(timeout.aborted ? 'The node did not answer in 20 s' : 'The node cannot be reached', 0);
  }
}

async function failure(response: Response): Promise<NodeError> {
  const text = await response.text().catch(() => '');
  let message = text.slice(0, 500);
  try {
    const json = JSON.parse(text) as { error?: unknown };
    if (typeof json.error === 'string') message = json.error;
  } catch {
    // Not JSON: the text is the message.
  }
  return new NodeError(message || `The node answered with status ${response.status}`, response.status);
}

export async function askJson(path: string, options: Ask = {}): Promise<Json> {
  const response = await ask(path, options);
  const text = await response.text();
  try {
    return parseExactJson(text);
  } catch {
    throw new NodeError('The node answered with something that is not JSON', response.status);
  }
}

export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
