// Refuses a build with code of a package that docs/third-party.md does not name.
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

export function bundledPackages(): Plugin {
  return {
    name: 'bundled-packages',
    apply: 'build',
    generateBundle(_, bundle) {
      const document = readFileSync(new URL('../docs/third-party.md', import.meta.url), 'utf8');
      const named = new Set([...document.matchAll(/^\| ([^|]+) \|/gm)].map((row) => row[1]));
      const unnamed = new Set<string>();
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const [id, module] of Object.entries(chunk.modules)) {
          const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
          if (name && module.renderedLength > 0 && !named.has(name)) unnamed.add(name);
        }
      }
      if (unnamed.size > 0) {
        this.error(`docs/third-party.md does not name ${[...unnamed].join(', ')}: add to WEB in contrib/package/third_party.py, then ./dev licences`);
      }
    },
  };
}
