// Subscriptions over a socket that this test plays the node of.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RpcSocket } from './json_rpc';

interface Message {
  id: number;
  method: string;
  params: Record<string, unknown>;
}

class PlayedSocket {
  static readonly OPEN = 1;
  static all: PlayedSocket[] = [];
  readyState = 0;
  sent: Message[] = [];
  onopen: () => void = () => {};
  onmessage: (event: { data: string }) => void = () => {};
  onclose: () => void = () => {};

  constructor(readonly url: string) {
    PlayedSocket.all.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Message);
  }

  close(): void {
    this.readyState = 3;
    this.onclose();
  }

  open(): void {
    this.readyState = 1;
    this.onopen();
  }

  say(message: object): void {
    this.onmessage({ data: JSON.stringify({ jsonrpc: '2.0', ...message }) });
  }

  event(subscription: string, sequence: number, event: object): void {
    this.say({ method: 'subscription', params: { subscription, sequence, channel: 'blocks', event } });
  }
}

const settle = (): Promise<void> => new Promise((resolve) => queueMicrotask(() => queueMicrotask(() => queueMicrotask(resolve))));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('WebSocket', PlayedSocket);
  vi.stubGlobal('location', new URL('http://node:8080/ui/'));
  PlayedSocket.all = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('subscriptions', () => {
  function subscribed(rpc: RpcSocket) {
    const heard: number[] = [];
    const ready: [number, boolean][] = [];
    const end = rpc.subscribe({ channel: 'blocks', onEvent: (_, sequence) => heard.push(sequence), onReady: (next, missed) => ready.push([next, missed]) });
    return { heard, ready, end };
  }
  const last = (): PlayedSocket => PlayedSocket.all.at(-1) as PlayedSocket;
  async function answered(subscription: string, next: number): Promise<Message> {
    const asked = last().sent.at(-1) as Message;
    last().say({ id: asked.id, result: { subscription, next } });
    await settle();
    return asked;
  }

  it('go on after the last event when the connection comes back', async () => {
    const rpc = new RpcSocket();
    const states: string[] = [];
    rpc.onState = (state) => states.push(state);
    const { heard, ready } = subscribed(rpc);
    expect(last().url).toBe('ws://node:8080/rpc');
    last().open();
    expect((await answered('s1', 100)).params).toEqual({ channel: 'blocks' });
    last().event('s1', 100, {});
    last().event('s1', 107, {});
    last().event('other', 108, {});
    last().close();
    expect(states).toEqual(['live', 'lost']);

    vi.advanceTimersByTime(1000);
    expect(PlayedSocket.all).toHaveLength(2);
    last().open();
    expect((await answered('s1', 120)).params).toEqual({ channel: 'blocks', from: 108 });
    last().event('s1', 110, {});
    expect(heard).toEqual([100, 107, 110]);
    expect(ready).toEqual([[100, false], [120, false]]);
    expect(states).toEqual(['live', 'lost', 'live']);
  });

  it('hear events that come in one heap with the answer', async () => {
    const rpc = new RpcSocket();
    const { heard } = subscribed(rpc);
    last().open();
    const asked = last().sent.at(-1) as Message;
    last().say({ id: asked.id, result: { subscription: 's1', next: 5 } });
    last().event('s1', 5, {});
    await settle();
    expect(heard).toEqual([5]);
  });

  it('say that events are lost where the node cannot repeat them', async () => {
    const rpc = new RpcSocket();
    const { heard, ready } = subscribed(rpc);
    last().open();
    await answered('s1', 100);
    last().close();
    vi.advanceTimersByTime(1000);
    last().open();
    const asked = last().sent.at(-1) as Message;
    last().say({ id: asked.id, error: { code: -32006, message: 'gone', data: { oldest: 900, next: 950 } } });
    await settle();
    expect((await answered('s1', 950)).params).toEqual({ channel: 'blocks' });
    last().event('s1', 950, {});
    expect(heard).toEqual([950]);
    expect(ready).toEqual([[100, false], [950, true]]);
  });

  it('close the socket with the last of them, for good', async () => {
    const rpc = new RpcSocket();
    const { end } = subscribed(rpc);
    last().open();
    await answered('s1', 1);
    end();
    expect(last().readyState).toBe(3);
    vi.advanceTimersByTime(60_000);
    expect(PlayedSocket.all).toHaveLength(1);
  });

  it('are not disturbed by what is no message', async () => {
    const rpc = new RpcSocket();
    const { heard } = subscribed(rpc);
    last().open();
    await answered('s1', 1);
    for (const data of ['', '{', '[]', '{"method":"subscription"}', '{"method":"subscription","params":{"subscription":"s1"}}', '{"id":99,"result":1}']) last().onmessage({ data });
    last().event('s1', 1, {});
    expect(heard).toEqual([1]);
  });
});
