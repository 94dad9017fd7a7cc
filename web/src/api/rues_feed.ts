// The event stream that every node has (docs/interfaces.md). It repeats nothing: after a break readers are told of a gap.
import { decodeEventFrame, type EventFrame, payloadJson } from '../codecs/event_frame';
import { type Feed, type FeedEvent, type FeedHandlers, retryDelay, socketUrl } from './feed';
import { Fields } from './fields';
import { ask } from './http';

const subscriptions = [
  'blocks/accepted', 'blocks/statechange', 'blocks/reverted',
  'transactions/included', 'transactions/removed', 'transactions/executed', 'transactions/deferred', 'transactions/dropped',
];
const keepAlive = 30_000; // ms

export class RuesFeed implements Feed {
  #socket: WebSocket | null = null;
  #timers = new Set<ReturnType<typeof setTimeout>>();
  #failures = 0;
  #closed = false;

  constructor(private readonly handlers: FeedHandlers) {
    this.#connect();
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#socket?.close();
  }

  #connect(): void {
    const socket = new WebSocket(socketUrl('/on'));
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    const beat = setInterval(() => socket.readyState === WebSocket.OPEN && socket.send(''), keepAlive);
    this.#timers.add(beat);
    socket.onmessage = ({ data }) => {
      if (typeof data === 'string') void this.#subscribe(data, socket);
      else if (data instanceof ArrayBuffer) this.#receive(new Uint8Array(data));
    };
    socket.onclose = () => {
      clearInterval(beat);
      this.#timers.delete(beat);
      if (this.#closed) return;
      this.handlers.onState('lost');
      const timer = setTimeout(() => this.#connect(), retryDelay(this.#failures++));
      this.#timers.add(timer);
    };
  }

  async #subscribe(session: string, socket: WebSocket): Promise<void> {
    try {
      await Promise.all(subscriptions.map((path) => ask(`/on/${path}`, { headers: { 'Rusk-Session-Id': session } })));
    } catch {
      socket.close();
      return;
    }
    this.#failures = 0;
    this.handlers.onState('live');
    this.handlers.onEvent({ kind: 'gap' });
  }

  #receive(bytes: Uint8Array): void {
    const frame = decodeEventFrame(bytes);
    const event = frame && feedEvent(frame);
    if (event) this.handlers.onEvent(event);
  }
}

export function feedEvent(frame: EventFrame): FeedEvent | null {
  const payload = Fields.maybe(payloadJson(frame));
  const { component, entity, topic } = frame;
  if (component === 'blocks') {
    if (topic === 'reverted') return { kind: 'reverted', hash: entity };
    if (topic === 'statechange') return { kind: 'state', hash: entity, state: payload?.maybeText('state') === 'finalized' ? 'final' : 'confirmed' };
    if (topic === 'accepted') return { kind: 'block', hash: entity, height: payload?.maybeObject('header')?.maybeNumber('height') ?? 0 };
  }
  if (component === 'transactions') {
    if (topic === 'included') return { kind: 'included', id: entity };
    if (topic === 'executed') return { kind: 'executed', id: entity, height: payload?.maybeNumber('block_height') ?? 0 };
    if (topic === 'removed' || topic === 'deferred' || topic === 'dropped') {
      return { kind: topic, id: entity, reason: payload?.maybeText('reason') ?? null };
    }
  }
  return null;
}
