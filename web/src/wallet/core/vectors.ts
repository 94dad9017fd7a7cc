// For tests: reference results of the official crates, and a wallet module to run them on.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

export function vectors(name: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(`${root}tests/vectors/interfaces/${name}.json.gz`)).toString());
}

// Every module that is there: the released one that the build takes out of its package, and ours where it was built.
export function walletModules(): { name: string; bytes: Buffer<ArrayBuffer> }[] {
  const named = process.env['DUSK_WALLET_CORE'];
  const paths = named
    ? [named]
    : [`${root}build/release/contracts/official/wallet_core-1.6.1.wasm`, `${root}build/wasm/dusk-wallet-core.wasm`];
  const found = paths.filter((path) => existsSync(path));
  if (found.length === 0) throw new Error(`no wallet module at ${paths.join(' or ')}: build first, or name one in DUSK_WALLET_CORE`);
  return found.map((path) => ({ name: path.slice(path.lastIndexOf('/') + 1), bytes: readFileSync(path) as Buffer<ArrayBuffer> }));
}
