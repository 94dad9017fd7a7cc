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
interface FileVectors {
  files: { wallet_dat: { file: string; password: string; profiles: number }[] };
}
interface NoteVectors {
  notes: { leaf_size: number; leaves: string[] }[];
}

const { keys } = vectors('keys') as Vectors;
const leaves = (vectors('notes') as NoteVectors).notes.flatMap((entry) => entry.leaves.map((leaf) => fromHex(leaf)!));

// A node that feeds leaves in pieces of any size.
function nodeWith(feed: Uint8Array, piece: number, hear: (argument: bigint) => void = () => undefined): NodeClient {
  const ask = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    if (String(url).endsWith('/leaves_from_height')) hear(new DataView((init!.body as Uint8Array).buffer).getBigUint64(0, true));
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
  const ours = WebAssembly.Module.exports(new WebAssembly.Module(bytes)).some(({ name }) => name === 'keystore_open');
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

  it('finds where the notes of later blocks begin', async () => {
    const heights = leaves.map((leaf) => new DataView(leaf.buffer, leaf.byteOffset).getBigUint64(728, true));
    const asked: bigint[] = [];
    const node = nodeWith(concat(...leaves), 300, (body) => asked.push(body));
    const first = (await engine.positionAbove(node, heights[0]! - 1n));
    expect(asked).toEqual([heights[0]]);
    let position = -1n;
    await engine.scan(nodeWith(leaves[0]!, 736), 0n, [0], (report) => (position = report.upTo.next - 1n));
    expect(first).toBe(position);
    expect(await engine.positionAbove(nodeWith(new Uint8Array(), 1), 5n)).toBe(0n);
  });

  const { wallet_dat: released } = (vectors('files') as FileVectors).files;
  it.skipIf(!ours)('takes wallet files of the released wallet, and its own', async () => {
    const other = new Engine();
    await other.load(bytes);
    for (const { file, password, profiles } of released) {
      expect(other.lookIntoFile(fromHex(file)!, password)).toEqual({ profiles, hasPhrase: false });
      expect(() => other.lookIntoFile(fromHex(file)!, `${password}x`)).toThrow('refused');
    }
    // Without a phrase: in, out, and in again.
    const { file, password, profiles } = released[0]!;
    const record = await other.createFromFile(fromHex(file)!, password, 'new');
    await expect(other.reveal(record, 'new')).rejects.toThrow('no_phrase');
    const exported = await other.exportFile(record, 'new', profiles);
    await other.unlock(record, 'new');
    const own = other.profiles(1);
    await other.unlock(await other.createFromFile(exported, 'new', 'third'), 'third');
    expect(other.profiles(1)).toEqual(own);
    // With one.
    const phrase = entropyToPhrase(fromHex(keys[0]!.entropy)!);
    const withPhrase = await other.exportFile(await other.create(phrase, 'new'), 'new', 3);
    expect(other.lookIntoFile(withPhrase, 'new')).toEqual({ profiles: 3, hasPhrase: true });
    expect(await other.reveal(await other.createFromFile(withPhrase, 'new', 'third'), 'third')).toBe(phrase);
    expect(() => other.lookIntoFile(new Uint8Array(3), 'password')).toThrow('refused');
  }, 300_000);

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
  }, 300_000);
});
