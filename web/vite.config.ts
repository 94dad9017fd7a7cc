/// <reference types="vitest/config" />
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { bundledPackages } from './bundled_packages.ts';
import { defineConfig } from 'vite';

// The node that `npm run dev` asks: DUSK_NODE=http://127.0.0.1:8080 npm run dev
const node = process.env['DUSK_NODE'] ?? 'http://127.0.0.1:8080';
const routes = ['/graphql', '/on', '/rpc', '/openrpc.json', '/status', '/health', '/ready', '/metrics', '/network', '/fees', '/archive',
  '/blocks', '/transactions', '/static', '/consensus', '/ws', '/faucet', '/simulate', '/supply', '/contracts'];

const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const proxy = Object.fromEntries(routes.map((route) => [route, { target: node, ws: true }]));

export default defineConfig({
  base: '/ui/',
  // bits-ui comes as Svelte source whose warnings are its own.
  plugins: [svelte({ onwarn: (warning, handle) => { if (!warning.filename?.includes('node_modules')) handle?.(warning); } }), bundledPackages()],
  build: {
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What most pages share comes in one piece beside the entry: a first view is three requests deep and not six.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', test: /[\\/]src[\\/](api|codecs|components|[a-z]+\.svelte\.ts|strings[\\/])(?!.*TabList)/ }] } } },
  },
  worker: { format: 'es' },
  server: { host: '127.0.0.1', proxy },
  // What the node says with the page: `npm run preview` shows what a reader gets.
  preview: { host: '127.0.0.1', proxy, headers: { 'Content-Security-Policy': policy } },
  test: { include: [process.env['DUSK_LONG'] ? 'src/**/*.long.ts' : 'src/**/*.test.ts'], environment: 'node', testTimeout: 60_000 },
});
