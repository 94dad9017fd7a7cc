import { defineConfig } from 'vitest/config';

// Tests that drive a browser against a devnet: one file after the other, on a machine of two cores.
export default defineConfig({
  cacheDir: '../node_modules/.vite',
  test: {
    include: ['**/*.e2e.ts'],
    root: import.meta.dirname,
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 300_000,
    bail: 1,
  },
});
