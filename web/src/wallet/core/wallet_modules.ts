// For tests: wallet modules to run them on.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

function foldersOf(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

// The released module as a build took it out of its package, or in the package that Cargo fetched for a build.
function releasedModule(): string | undefined {
  const registry = join(process.env['CARGO_HOME'] ?? join(homedir(), '.cargo'), 'registry/src');
  return [
    ...foldersOf(join(root, 'build')).map((preset) => join(preset, 'contracts/official/wallet_core-1.6.1.wasm')),
    ...foldersOf(registry).map((index) => join(index, 'dusk-rusk-1.7.0/src/assets/wallet_core-1.6.1.wasm')),
  ].find((path) => existsSync(path));
}

// Every module that is there: the released one, and ours where it was built.
export function walletModules(): { name: string; bytes: Buffer<ArrayBuffer> }[] {
  const named = process.env['DUSK_WALLET_CORE'];
  const paths = named ? [named] : [releasedModule(), join(root, 'build/wasm/dusk-wallet-core.wasm')];
  const found = paths.filter((path) => path !== undefined).filter((path) => existsSync(path));
  if (found.length === 0) throw new Error('no wallet module: build first, or name one in DUSK_WALLET_CORE');
  return found.map((path) => ({ name: basename(path), bytes: readFileSync(path) as Buffer<ArrayBuffer> }));
}
