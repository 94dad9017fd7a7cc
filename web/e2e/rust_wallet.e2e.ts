// The wallet in front of a released Rust node, which interop/page.py starts: all that needs no proof works, and the rest is refused with words.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { PreviewServer } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DESKTOP, expectAccessible, launch, PHONE, Watch } from './browser';
import { pageOf, serveInFront } from './devnet';
import { balance, choosePassword, confirm, createWallet, ownAddress, sendFailingCall, show, unlock } from './wallet_actions';

const node = process.env['RUST_NODE'];
// Of a wallet that the first state gave 1,000,000 DUSK in public and as much in ten notes.
const phrase = process.env['RUST_PHRASE'] ?? '';
const SCREENS = ['', 'send', 'receive', 'shield', 'stake', 'call', 'activity', 'contacts', 'settings'];

describe.skipIf(!node)('the wallet in front of a released Rust node', () => {
  let server: PreviewServer;
  let browser: Browser;
  let contexts: BrowserContext[];
  let watches: Watch[];
  let page: Page; // of who has DUSK
  let newcomer: Page;
  let base = '';

  beforeAll(async () => {
    server = await serveInFront(node ?? '');
    base = pageOf(server);
    browser = await launch();
    contexts = await Promise.all([DESKTOP, PHONE].map((viewport) => browser.newContext({ viewport, reducedMotion: 'reduce' })));
    watches = contexts.map((context) => new Watch(context, [new URL(base).origin]));
    [page, newcomer] = (await Promise.all(contexts.map((context) => context.newPage()))) as [Page, Page];
  });

  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    for (const one of [page, newcomer]) console.error(one.url(), await one.innerText('body'));
    console.error(watches.map(({ complaints }) => complaints));
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const holds = (of: Page, model: 'Public' | 'Shielded', amount: RegExp) => balance(of, model).filter({ hasText: amount }).waitFor();

  it('comes back from its words with both balances', async () => {
    await page.goto(`${base}wallet`);
    await page.getByText('Restore a wallet').click();
    await page.getByLabel('Recovery phrase', { exact: true }).fill(phrase);
    await page.getByRole('button', { name: 'Next' }).click();
    await choosePassword(page);
    await holds(page, 'Public', /^1,000,000\s/);
    await holds(page, 'Shielded', /^1,000,000\s/);
  });

  it('pays a new wallet, and both see it', async () => {
    await createWallet(newcomer, base);
    await newcomer.getByText('Your wallet is ready, and empty').waitFor();
    const account = await ownAddress(newcomer, 'Public account');
    await show(page, 'send');
    await page.getByLabel('To', { exact: true }).fill(`dusk:${account}?amount=12.5&memo=hello%20there`);
    await confirm(page);
    await show(page, 'activity');
    await page.getByText('Final', { exact: true }).waitFor();
    await page.getByText('−12.5 DUSK').waitFor();
    await show(newcomer, '');
    await holds(newcomer, 'Public', /^12\.5\s/);
  });

  it('refuses more than there is', async () => {
    const account = await ownAddress(page, 'Public account');
    await show(newcomer, 'send');
    await newcomer.getByLabel('To', { exact: true }).fill(account);
    await newcomer.getByLabel('Amount').fill('12.5');
    await newcomer.getByRole('button', { name: 'Review' }).click();
    await newcomer.getByRole('alert').getByText('are needed with the fee').waitFor();
    await newcomer.getByRole('button', { name: 'Back' }).click();
  });

  it('stakes, and says from when it counts', async () => {
    await show(page, 'stake');
    await page.getByLabel('Amount').fill('999');
    await page.getByText('A stake has at least').waitFor();
    await page.getByLabel('Amount').fill('1500');
    await page.getByText('It will count from block 4320').waitFor();
    await confirm(page);
    await page.getByText(/Counts from block 4320 on, in about/).waitFor();
    await show(page, '');
    await page.locator('main').getByText('1,500 DUSK', { exact: true }).first().waitFor();
  });

  it('shields, and finds the note', async () => {
    await show(page, 'shield');
    await page.getByLabel('Amount').fill('100');
    await confirm(page);
    await show(page, '');
    await holds(page, 'Shielded', /^1,000,100\s/);
  });

  it('shows a call that fails before it is sent, and after', async () => {
    await sendFailingCall(page);
  });

  it('does not spend notes, says why, and loses nothing', async () => {
    const address = await ownAddress(newcomer, 'Shielded address');
    await show(page, 'send');
    await page.getByLabel('To', { exact: true }).fill(address);
    await page.getByLabel('Amount').fill('1');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('button', { name: 'Confirm and send' }).click();
    await page.getByRole('alert').getByText('The node gave no proof').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await show(page, '');
    await holds(page, 'Shielded', /^1,000,100\s/);
  });

  it('is there after a reload', async () => {
    await page.reload();
    await unlock(page);
    await holds(page, 'Shielded', /^1,000,100\s/);
    await show(page, 'activity');
    await expect.poll(() => page.getByText('Final', { exact: true }).count()).toBe(3);
  });

  it('has every screen', async () => {
    for (const screen of SCREENS) {
      await show(page, screen);
      await expectAccessible(page, screen);
    }
  });

  it('asked no other origin, and wrote no error but that of the proof', () => {
    expect(watches.flatMap(({ complaints }) => complaints)).toEqual([expect.stringMatching(/Failed to load resource.*\/on\/prover\/prove$/)]);
  });
});
