// JSON-RPC over a WebSocket, with subscriptions that go on where they were when the connection breaks.
import { type Json, parseExactJson } from '../codecs/exact_json';
import { retryDelay, socketUrl } from './feed';
import { Fields } from './fields';
import { askJson } from './http';

export class RpcError extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly data: Json | undefined,
  ) {
    super(message);
    this.name = 'RpcError';
  }
}

const gone = -32006; // events before the window of what the node can repeat

type Params = Record<string, unknown>;

function resultOf(answer: Fields): Json {
  const error = answer.maybeObject('error');
  if (error) throw new RpcError(error.number('code'), error.text('message'), error.get('data'));
  return answer.get('result') ?? null;
}

/** One question over HTTP. */
export async function rpc(method: string, params: Params = {}, signal?: AbortSignal): Promise<Json> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const headers = { 'Content-Type': 'application/json' };
  return resultOf(Fields.of(await askJson('/rpc', { method: 'POST', body, headers, ...(signal && { signal }) })));
}

export interface Subscription {
  channel: string;
  filter?: Params;
  onEvent(event: Fields, sequence: number): void;
  /** After (re)connecting, with the sequence number of the next event; `missed` where events are lost for good. */
  onReady(next: number, missed: boolean): void;
}

interface Open extends Subscription {
  id: string | null;
  next: number | null;
}

/** One socket for all subscriptions of the page. It exists while there are any. */
export class RpcSocket {
  #open = new Set<Open>();
  #socket: WebSocket | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #calls = new Map<number, { resolve: (result: Json) => void; reject: (error: Error) => void }>();
  #lastId = 0;
  /** Told of every change. */
  onState: (state: 'live' | 'lost') => void = () => {};

  /** The answer ends the subscription. */
  subscribe(subscription: Subscription): () => void {
    const open: Open = { ...subscription, id: null, next: null };
    this.#open.add(open);
    if (!this.#socket) this.#connect();
    else if (this.#socket.readyState === WebSocket.OPEN) void this.#start(open);
    return () => this.#end(open);
  }

  #end(open: Open): void {
    this.#open.delete(open);
    if (open.id !== null && this.#socket?.readyState === WebSocket.OPEN) void this.#call('unsubscribe', { subscription: open.id }).catch(() => {});
    if (this.#open.size > 0) return;
    clearTimeout(this.#retry);
    const socket = this.#socket;
    this.#socket = null;
    this.#forgetCalls();
    socket?.close();
  }

  #forgetCalls(): void {
    for (const call of this.#calls.values()) call.reject(new Error('The connection to the node was lost'));
    this.#calls.clear();
  }

  #connect(): void {
    const socket = new WebSocket(socketUrl('/rpc'));
    this.#socket = socket;
    socket.onopen = () => {
      void Promise.all([...this.#open].map((open) => this.#start(open))).then(() => {
        this.#failures = 0;
        if (this.#socket === socket) this.onState('live');
      }, () => socket.close());
    };
    socket.onmessage = ({ data }) => typeof data === 'string' && this.#receive(data);
    socket.onclose = () => {
      if (this.#socket !== socket) return; // given up, and there may be another one
      this.#forgetCalls();
      for (const open of this.#open) open.id = null;
      this.onState('lost');
      this.#retry = setTimeout(() => this.#connect(), retryDelay(this.#failures++));
    };
  }

  async #start(open: Open): Promise<void> {
    const resumed = open.next !== null;
    const ask = { channel: open.channel, ...(open.filter && { filter: open.filter }) };
    let missed = false;
    let result: Json;
    try {
      result = await this.#call('subscribe', resumed ? { ...ask, from: open.next } : ask, open);
    } catch (error) {
      if (!(error instanceof RpcError) || error.code !== gone) throw error;
      missed = true;
      result = await this.#call('subscribe', ask, open);
    }
    const next = Fields.of(result).number('next');
    open.next ??= next;
    if (missed) open.next = next;
    open.onReady(next, missed);
  }

  /** The name of a subscription is taken from its answer before any event that follows is read. */
  #call(method: string, params: Params, open?: Open): Promise<Json> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#calls.set(id, {
        resolve: (result) => {
          if (open) open.id = Fields.maybe(result)?.maybeText('subscription') ?? null;
          resolve(result);
        },
        reject,
      });
      this.#socket?.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    });
  }

  #receive(text: string): void {
    let message: Fields;
    try {
      message = Fields.of(parseExactJson(text));
    } catch {
      return;
    }
    const params = message.maybeText('method') === 'subscription' ? message.maybeObject('params') : null;
    if (params) return this.#deliver(params);
    const id = message.get('id');
    const call = typeof id === 'number' ? this.#calls.get(id) : undefined;
    if (!call) return;
    this.#calls.delete(id as number);
    try {
      call.resolve(resultOf(message));
    } catch (error) {
      call.reject(error as Error);
    }
  }

  #deliver(params: Fields): void {
    const event = params.maybeObject('event');
    const sequence = params.maybeNumber('sequence');
    if (!event || sequence === null) return;
    for (const open of this.#open) {
      if (open.id !== params.maybeText('subscription')) continue;
      open.next = sequence + 1;
      open.onEvent(event, sequence);
    }
  }
}

export const socket = new RpcSocket();
