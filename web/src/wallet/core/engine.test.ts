import { beforeAll, describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../codecs/hex';
import { concat, u64 } from './bytes';
import { Engine, type ScanProgress } from './engine';
import { NodeClient } from './node';
import { entropyToPhrase } from './phrase';
import { vectors } from '../../codecs/vectors';
import { walletModules } from './wallet_modules';

interface Vectors {
  keys: { entropy: string; seed: string; profiles: { index: number; account: string; address: string }[] }[];
}
interface NoteVectors {
  notes: { leaf_size: number; leaves: string[] }[];
}

const { keys } = vectors('keys') as Vectors;
const leaves = (vectors('notes') as NoteVectors).notes.flatMap((entry) => entry.leaves.map((leaf) => fromHex(leaf)!));

// A node that feeds leaves in pieces of any size.
function nodeWith(feed: Uint8Array, piece: number): NodeClient {
  const ask = async (url: string | URL | Request): Promise<Response> => {
    if (String(url).endsWith('/num_notes')) return new Response(new Uint8Array(u64(BigInt(feed.length / 736))));
    let at = 0;
    return new Response(
      new ReadableStream<Uint8Array>({
        pull(controller) {
          if (at >= feed.length) controller.close();
          else controller.enqueue(feed.slice(at, (at += piece)));
        },
      }),
    );
  };
  return new NodeClient('', ask as typeof fetch);
}

describe.each(walletModules())('the engine on $name', ({ bytes }) => {
  const engine = new Engine();
  beforeAll(async () => {
    await engine.load(bytes);
    const record = await engine.create(entropyToPhrase(fromHex(keys[0]!.entropy)!), 'password');
    await engine.unlock(record, 'password');
  }, 60_000);

  it('derives the profiles of a phrase', () => {
    const profiles = keys[0]!.profiles.filter(({ index }, i) => index === i);
    expect(profiles.length).toBeGreaterThan(1);
    expect(engine.profiles(profiles.length)).toEqual(profiles.map(({ account, address }) => ({ account, address })));
  });

  it.each([1, 735, 736, 1000, 100_000])('reads every leaf once, however the feed is cut: %i bytes', async (piece) => {
    const reports: ScanProgress[] = [];
    await engine.scan(nodeWith(concat(...leaves), piece), 0n, [0], (progress) => reports.push(progress));
    expect(reports.at(-1)?.read).toBe(leaves.length);
    expect(reports.reduce((most, report) => (report.upTo.height > most ? report.upTo.height : most), 0n)).toBeLessThan(1000n);
    expect(reports.at(-1)?.upTo.height).toBeGreaterThanOrEqual(100n);
  });

  it('stops when it is told', async () => {
    const abort = new AbortController();
    const scan = engine.scan(nodeWith(concat(...leaves), 736), 0n, [0], () => abort.abort(new DOMException('stop', 'AbortError')), abort.signal);
    await expect(scan).rejects.toThrow('stop');
  });

  it('knows keys from other bytes', () => {
    expect(engine.isAccount(new Uint8Array(96).fill(7))).toBe(false);
  });

  it('does nothing when it is locked', async () => {
    engine.lock();
    expect(() => engine.profiles(1)).toThrow('locked');
    const again = await engine.create(entropyToPhrase(fromHex(keys[0]!.entropy)!), 'password');
    await expect(engine.unlock(again, 'Password')).rejects.toThrow('wrong_password');
    expect(() => engine.profiles(1)).toThrow('locked');
    expect(await engine.reveal(again, 'password')).toBe(entropyToPhrase(fromHex(keys[0]!.entropy)!));
    const changed = await engine.changePassword(again, 'password', 'another');
    await expect(engine.unlock(changed, 'password')).rejects.toThrow('wrong_password');
    await engine.unlock(changed, 'another');
    expect(toHex(new TextEncoder().encode(JSON.stringify(changed)))).not.toContain(keys[0]!.entropy);
  }, 60_000);
});
