// Against the reference results that the other programs of this project are tested with.
import { describe, expect, it } from 'vitest';
import { fromBase58, toBase58 } from './base58';
import { decodeEventFrame, payloadJson } from './event_frame';
import { fromHex, toHex } from './hex';
import { searchKind } from './search_kind';
import { vectors } from './vectors';

interface Keys {
  keys: { profiles: { account: string; address: string; bls_pk: string; phoenix_pk: string }[] }[];
}
interface Frames {
  rues_frames: {
    frame: string;
    uri: string;
    json?: unknown;
    contract_event?: { event: { data: string; target: string; topic: string }; origin: string };
  }[];
}

describe('accounts and addresses', () => {
  const profiles = vectors<Keys>('keys').keys.flatMap((entry) => entry.profiles);

  it('are the base58 of their keys', () => {
    expect(profiles.length).toBeGreaterThan(8);
    for (const profile of profiles) {
      expect(toHex(fromBase58(profile.account) ?? new Uint8Array())).toBe(profile.bls_pk);
      expect(toBase58(fromHex(profile.phoenix_pk) ?? new Uint8Array())).toBe(profile.address);
    }
  });

  it('are told apart by the search', () => {
    for (const profile of profiles) {
      expect(searchKind(profile.account)).toEqual({ kind: 'account', account: profile.account });
      expect(searchKind(` ${profile.address} `)).toEqual({ kind: 'shielded', address: profile.address });
    }
  });
});

describe('frames of the event stream', () => {
  const frames = vectors<Frames>('rues_frames').rues_frames;

  it.each(frames.map((frame) => [frame.uri.slice(0, 40), frame] as const))('%s', (_, expected) => {
    const frame = decodeEventFrame(fromHex(expected.frame) ?? new Uint8Array());
    expect(frame && `/on/${frame.component}:${frame.entity}/${frame.topic}`).toBe(expected.uri);
    if (frame && expected.contract_event) {
      expect(frame.origin).toBe(expected.contract_event.origin);
      expect(toHex(frame.payload)).toBe(expected.contract_event.event.data);
    } else if (frame && expected.json !== undefined) {
      expect(payloadJson(frame)).toEqual(expected.json);
    }
  });

  it('are refused when cut anywhere in their headers', () => {
    const whole = fromHex(frames[0]?.frame ?? '') ?? new Uint8Array();
    const end = 4 + new DataView(whole.buffer).getUint32(0, true);
    for (let length = 0; length < end; length++) expect(decodeEventFrame(whole.subarray(0, length))).toBeNull();
  });
});
