// The explorer in front of a released Rust node, which interop/page.py starts: what that node does not tell is said, and nothing else is missing.
import type { Browser } from 'playwright-core';
import type { PreviewServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESKTOP, expectAccessible, launch, PHONE, Watch } from './browser';
import { pageOf, serveInFront } from './devnet';

const node = process.env['RUST_NODE'];
const transaction = process.env['RUST_TRANSACTION'] ?? '';
const payer = process.env['RUST_PAYER'] ?? '';
const payee = process.env['RUST_PAYEE'] ?? '';
const memo = process.env['RUST_MEMO'] ?? '';
const TRANSFER = `01${'00'.repeat(31)}`;
const STAKE = `02${'00'.repeat(31)}`;

describe.skipIf(!node)('the page in front of a released Rust node', () => {
  let server: PreviewServer;
  let browser: Browser;
  let base = '';

  beforeAll(async () => {
    server = await serveInFront(node ?? '');
    base = pageOf(server).replace(/\/$/, '');
    browser = await launch();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  // Path, heading, and what the page says.
  const pages: [string, string, string][] = [
    ['/', 'Overview', 'Latest blocks'],
    ['/blocks', 'Blocks', 'Final'],
    ['/block/1', 'Block 1', 'Final'],
    ['/block/2?tab=consensus', 'Block 2', 'Who had agreed on the block before'],
    ['/transactions', 'Transactions', 'The newest 200'],
    [`/tx/${transaction}`, 'Transaction', memo],
    [`/tx/${transaction}?tab=events`, 'Transaction', 'nodes with an archive'],
    ['/mempool', 'Mempool', 'Waiting'],
    ['/accounts', 'Accounts', 'this node has none'],
    [`/account/${payee}`, 'Account', '1,000,012.5'],
    ['/contracts', 'Contracts', 'Transfer contract'],
    [`/contract/${TRANSFER}`, 'Contract Transfer contract', 'contract_balance'],
    [`/contract/${STAKE}?tab=events`, 'Contract Stake contract', 'archive'],
    ['/provisioners', 'Provisioners', 'Active'],
    ['/network', 'Network', 'does not tell about its peers'],
    ['/consensus', 'Consensus', 'does not tell votes'],
    ['/node', 'This node', 'Missing'],
    [`/search?q=${encodeURIComponent(memo)}`, 'Search', 'Nothing on this node fits'], // memos are found by archives
  ];

  it.each([
    ['desktop', DESKTOP],
    ['phone', PHONE],
  ] as const)('shows every page on a %s, says what is missing, and complains of nothing', { timeout: 600_000 }, async (_, viewport) => {
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
    const watch = new Watch(context, [new URL(base).origin]);
    const page = await context.newPage();
    for (const [path, heading, text] of pages) {
      await page.goto(base + path);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await page.waitForFunction(() => !document.querySelector('.waiting'));
      await page.locator('main').getByText(text).first().waitFor();
      expect(await page.locator('main').getByText('[object', { exact: false }).count(), path).toBe(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${path} is wider than the screen`).toBeLessThanOrEqual(0);
      await expectAccessible(page, path);
      expect(watch.complaints, path).toEqual([]);
    }
    await context.close();
  });

  it('goes on by itself as blocks come, and finds what is looked for', async () => {
    const context = await browser.newContext({ viewport: DESKTOP });
    const watch = new Watch(context, [new URL(base).origin]);
    const page = await context.newPage();
    await page.goto(`${base}/`);
    await page.locator('header a.live').waitFor();
    const height = async (): Promise<number> => Number((await page.locator('header .height').textContent())?.replace(/\D/g, ''));
    const before = await height();
    await page.waitForFunction((from) => Number(document.querySelector('header .height')?.textContent?.replace(/\D/g, '')) > from + 1, before);
    for (const [what, where] of [['1', '/ui/block/1'], [transaction, `/ui/tx/${transaction}`], [payer, `/ui/account/${payer}`], [STAKE, `/ui/contract/${STAKE}`]] as const) {
      await page.keyboard.press('/');
      await page.keyboard.type(what);
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname === where);
      await page.goto(`${base}/`);
      await page.locator('header a.live').waitFor();
    }
    expect(watch.complaints).toEqual([]);
    await context.close();
  });
});
