// A message of the event stream (docs/interfaces.md): u32 LE length, that many bytes of JSON headers, payload.
import { type Json, parseExactJson } from './exact_json';

export interface EventFrame {
  component: string;
  entity: string;
  topic: string;
  /** The transaction or block that made a contract speak. */
  origin: string | null;
  payload: Uint8Array;
}

/** Null where the bytes are no such message. */
export function decodeEventFrame(bytes: Uint8Array): EventFrame | null {
  if (bytes.length < 4) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (length > bytes.length - 4) return null;
  let headers: Json;
  try {
    headers = parseExactJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(4, 4 + length)));
  } catch {
    return null;
  }
  if (headers === null || typeof headers !== 'object' || Array.isArray(headers)) return null;
  const location = headers['Content-Location'];
  const found = typeof location === 'string' ? /^\/on\/([^:/]+):([^/]*)\/(.*)$/s.exec(location) : null;
  if (!found) return null;
  const origin = headers['Rusk-Origin'];
  return {
    component: found[1] ?? '',
    entity: found[2] ?? '',
    topic: found[3] ?? '',
    origin: typeof origin === 'string' ? origin : null,
    payload: bytes.subarray(4 + length),
  };
}

/** Null where there is no payload or it is not JSON. */
export function payloadJson(frame: EventFrame): Json {
  try {
    return parseExactJson(new TextDecoder('utf-8', { fatal: true }).decode(frame.payload));
  } catch {
    return null;
  }
}
