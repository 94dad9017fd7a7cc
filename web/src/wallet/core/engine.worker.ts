// The engine in a worker of its own. What is asked and answered: engine_client.ts.
import { Engine } from './engine';
import { NodeClient } from './node';
import type { EngineRequest, EngineResponse } from './engine_client';

const engine = new Engine();
const running = new Map<number, AbortController>();

function answer(response: EngineResponse): void {
  postMessage(response);
}

async function carryOut(request: EngineRequest): Promise<unknown> {
  switch (request.call) {
    case 'scan': {
      const abort = new AbortController();
      running.set(request.id, abort);
      try {
        const [base, from, profiles] = request.args;
        return await engine.scan(new NodeClient(base), from, profiles, (progress) => answer({ id: request.id, progress }), abort.signal);
      } finally {
        running.delete(request.id);
      }
    }
    case 'positionAbove':
      return engine.positionAbove(new NodeClient(request.args[0]), request.args[1]);
    case 'abort':
      running.get(request.args[0])?.abort(new DOMException('stopped', 'AbortError'));
      return undefined;
    case 'lock':
      for (const abort of running.values()) abort.abort(new DOMException('locked', 'AbortError'));
      return engine.lock();
    default: {
      const method = engine[request.call] as (...args: unknown[]) => unknown;
      return await method.apply(engine, request.args);
    }
  }
}

addEventListener('message', (event: MessageEvent<EngineRequest>) => {
  const { id } = event.data;
  carryOut(event.data).then(
    (result) => answer({ id, result }),
    (error: unknown) => answer({ id, error: describe(error) }),
  );
});

// What an error says of itself; never more, so that nothing secret leaves with it.
function describe(error: unknown): { name: string; message: string; fields: Record<string, unknown> } {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), fields: {} };
  const fields: Record<string, unknown> = {};
  for (const field of ['reason', 'call', 'detail', 'status'] as const) {
    if (field in error) fields[field] = (error as unknown as Record<string, unknown>)[field];
  }
  return { name: error.name, message: error.message, fields };
}
