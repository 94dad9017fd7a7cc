// For tests: wallet modules to run them on.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

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
