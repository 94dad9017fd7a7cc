// The feed of a node with JSON-RPC: what was missed while the connection was away comes first.
import type { Feed, FeedEvent, FeedHandlers } from './feed';
import type { Fields } from './fields';
import { socket } from './json_rpc';

export class RpcFeed implements Feed {
  readonly #ends: (() => void)[];

  constructor(handlers: FeedHandlers) {
    socket.onState = (state) => handlers.onState(state);
    const onReady = (_: number, missed: boolean): void => {
      if (missed) handlers.onEvent({ kind: 'gap' });
    };
    const channel = (name: string, read: (event: Fields) => FeedEvent | null): (() => void) =>
      socket.subscribe({
        channel: name,
        onEvent: (fields) => {
          const event = read(fields);
          if (event) handlers.onEvent(event);
        },
        onReady,
      });
    this.#ends = [channel('blocks', blockEvent), channel('transactions', transactionEvent)];
  }

  close(): void {
    for (const end of this.#ends) end();
  }
}

export function blockEvent(event: Fields): FeedEvent | null {
  const hash = event.text('hash');
  switch (event.maybeText('state')) {
    case 'accepted':
      return { kind: 'block', hash, height: event.number('height') };
    case 'confirmed':
      return { kind: 'state', hash, state: 'confirmed' };
    case 'final':
      return { kind: 'state', hash, state: 'final' };
    case 'reverted':
      return { kind: 'reverted', hash };
    default:
      return null;
  }
}

export function transactionEvent(event: Fields): FeedEvent | null {
  const id = event.text('id');
  const state = event.maybeText('state');
  switch (state) {
    case 'included':
      return { kind: 'included', id };
    case 'executed':
      return { kind: 'executed', id, height: event.number('height') };
    case 'removed':
    case 'deferred':
    case 'dropped':
      return { kind: state, id, reason: event.maybeText('reason') };
    default:
      return null;
  }
}
