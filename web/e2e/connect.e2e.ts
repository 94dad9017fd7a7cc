// The example of docs/dapps.md, on an origin of its own, asks the wallet.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESKTOP, expectAccessible, launch, Watch } from './browser';
import { Devnet, freePort } from './devnet';
import { createWallet, ownAddress, show, unlock } from './wallet_actions';

const document = readFileSync(fileURLToPath(new URL('../../docs/dapps.md', import.meta.url)), 'utf8');
const example = /```html\n([\s\S]*?)```/.exec(document)?.[1] ?? '';

describe('a page of another origin', () => {
  let devnet: Devnet;
  let browser: Browser;
  let context: BrowserContext;
  let watch: Watch;
  let server: Server;
  let page: Page;
  let origin = '';
  let account = '';

  beforeAll(async () => {
    devnet = await Devnet.start('--nodes', '4', '--block-time', '1');
    const walletOrigin = new URL(devnet.page).origin;
    const port = await freePort();
    origin = `http://localhost:${port}`;
    server = createServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(`<!doctype html><link rel="icon" href="data:,">${example.replace('http://127.0.0.1:8080', walletOrigin)}`);
    }).listen(port, 'localhost');
    browser = await launch();
    context = await browser.newContext({ viewport: DESKTOP });
    watch = new Watch(context, [walletOrigin, origin]);
    const wallet = await context.newPage();
    await createWallet(wallet, devnet.page);
    account = await ownAddress(wallet, 'Public account');
    await devnet.pay(account, '100');
    await wallet.close();
    page = await context.newPage();
    await page.goto(origin);
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
    await devnet?.stop();
  });

  const result = () => page.locator('#result');

  async function ask(): Promise<Page> {
    await result().evaluate((element) => (element.textContent = ''));
    const [popup] = await Promise.all([context.waitForEvent('page'), page.getByRole('button').click()]);
    await popup.getByText('Unlock the wallet to answer').waitFor();
    await popup.getByText(origin).waitFor();
    await unlock(popup);
    return popup;
  }

  it('learns nothing when the person declines', async () => {
    const popup = await ask();
    await popup.getByRole('heading', { name: 'May it see your public account?' }).waitFor();
    await expectAccessible(popup, 'connect');
    await popup.getByRole('button', { name: 'Decline' }).click();
    await popup.getByText('Declined').waitFor();
    await expect.poll(() => result().textContent()).toBe('4001: The user declined.');
    await popup.close();
  });

  it('is connected, gets a signature, and pays when each was allowed', async () => {
    const popup = await ask();
    await popup.getByRole('button', { name: 'Connect' }).click();
    await popup.getByRole('heading', { name: 'Sign this message?' }).waitFor();
    await popup.getByText('I am here').waitFor();
    const sign = popup.getByRole('button', { name: 'Sign', exact: true });
    if (await sign.isDisabled()) {
      // A released module cannot sign messages: the page says so.
      await popup.getByText('cannot sign messages').waitFor();
      await popup.getByRole('button', { name: 'Decline' }).click();
      await expect.poll(() => result().textContent()).toBe('4001: The user declined.');
      await popup.close();
      return;
    }
    await sign.click();
    await popup.getByRole('heading', { name: 'Make this transaction?' }).waitFor();
    await popup.getByText('1.5 DUSK', { exact: true }).waitFor();
    await popup.getByRole('button', { name: 'Review' }).click();
    await popup.getByRole('dialog').getByText('1.5 DUSK', { exact: true }).waitFor();
    await popup.getByRole('button', { name: 'Confirm and send' }).click();
    await expect.poll(() => result().textContent()).toContain('hash');
    const answer = JSON.parse((await result().textContent()) ?? '') as Record<string, string>;
    expect(answer.account).toBe(account);
    expect(answer.signature).toMatch(/^[0-9a-f]{96}$/);
    expect(answer.hash).toMatch(/^[0-9a-f]{64}$/);
    await popup.close();
  });

  it('is not asked again while it is connected, and is after it was disconnected', async () => {
    const again = await ask();
    await again.getByRole('heading', { name: 'Sign this message?' }).waitFor();
    await again.close();
    const wallet = await context.newPage();
    await wallet.goto(`${devnet.page}wallet`);
    await unlock(wallet);
    await show(wallet, 'settings');
    await wallet.getByText(origin).waitFor();
    await wallet.getByRole('button', { name: 'Disconnect' }).click();
    await wallet.getByText('No page may see your addresses').waitFor();
    await wallet.close();
    const popup = await ask();
    await popup.getByRole('heading', { name: 'May it see your public account?' }).waitFor();
    await popup.close();
  });

  it('makes nobody ask elsewhere', () => {
    expect(watch.complaints).toEqual([]);
  });
});
