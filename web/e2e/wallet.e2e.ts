// The wallet in the page against a devnet: create, be paid, send, stake, shield, fail, lock, restore.
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DESKTOP, expectAccessible, launch, PHONE, Watch } from './browser';
import { Devnet } from './devnet';
import { balance, choosePassword, confirm, createWallet, ownAddress, PASSWORD, sendFailingCall, show, unlock } from './wallet_actions';

const OTHER =
  'oBZ7SrWfP2JFc5PvfXUNLViKePVLq3UFfwKWUVPvgBfXZ5ozKSCpW8WWVggBo2Xrgd5D7i47aHNSxiGGpQcdMqE6G7odSRfweC4ttmGykyhtWTxsi1mBwHaenXdwpZZaJEz';

async function balanceOf(node: string, account: string): Promise<bigint> {
  const answer = await fetch(`${node}/on/account:${account}/status`, { method: 'POST' });
  return BigInt(/"balance":\s*(\d+)/.exec(await answer.text())?.[1] ?? 0);
}

describe('the wallet', () => {
  let devnet: Devnet;
  let browser: Browser;
  let context: BrowserContext;
  let watch: Watch;
  let page: Page;
  let words: string[];
  let account = '';

  beforeAll(async () => {
    devnet = await Devnet.start('--nodes', '4', '--block-time', '1', '--archive');
    browser = await launch();
    context = await browser.newContext({ viewport: DESKTOP });
    watch = new Watch(context, [new URL(devnet.page).origin]);
    page = await context.newPage();
  });

  // What a person would see, for who reads the report.
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(page.url(), await page.innerText('body'), watch.complaints);
  });

  afterAll(async () => {
    await browser?.close();
    await devnet?.stop();
  });

  it('is created, and asks for the words', async () => {
    words = await createWallet(page, devnet.page);
    expect(words).toHaveLength(24);
    expect(new Set(words).size).toBeGreaterThan(12);
    await balance(page, 'Shielded').filter({ hasText: /^0/ }).waitFor();
  });

  it('keeps nothing that can be read', async () => {
    const kept = await page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('dusk-wallet');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const all: unknown[] = [{ ...localStorage }, { ...sessionStorage }];
      for (const name of database.objectStoreNames) {
        const request = database.transaction(name).objectStore(name).getAll();
        await new Promise((resolve) => (request.onsuccess = resolve));
        all.push(request.result);
      }
      return JSON.stringify(all, (_key, value: unknown) => (value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value));
    });
    expect(kept).toContain('dusk-page-vault');
    expect(kept).not.toContain(PASSWORD);
    expect(kept).not.toContain(words.slice(0, 3).join(' '));
  });

  it('is paid', async () => {
    account = await ownAddress(page, 'Public account');
    await devnet.pay(account, '5000');
    await show(page, '');
    await balance(page, 'Public')
      .filter({ hasText: /^5,000/ })
      .waitFor();
    await page.getByText('+5,000 DUSK').waitFor();
  });

  it('sends in public, shows what it is about to do, and follows it until it is final', async () => {
    await show(page, 'send');
    await page.getByLabel('To', { exact: true }).fill(`dusk:${OTHER}?amount=12.5&memo=hello%20there`);
    await page.getByRole('button', { name: 'Review' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('12.5 DUSK', { exact: true }).waitFor();
    await dialog.getByText(OTHER).waitFor();
    await dialog.getByText('hello there').waitFor();
    await expectAccessible(page, 'review');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await confirm(page);
    await show(page, 'activity');
    await page.getByText('Final', { exact: true }).first().waitFor();
    await page.getByText('−12.5 DUSK').waitFor();
  });

  it('refuses what cannot be, and says why', async () => {
    await show(page, 'send');
    await page.getByLabel('To', { exact: true }).fill(OTHER.slice(0, -6));
    await page.getByText('That is no address').waitFor();
    await page.getByLabel('To', { exact: true }).fill(OTHER);
    await page.getByLabel('Amount').fill('1.0000000001');
    await page.getByText('nine decimals at most').waitFor();
    await page.getByLabel('Amount').fill('999999');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('alert').getByText('are needed with the fee').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    const mistyped = OTHER.replace('oBZ7Sr', 'oBZ7Sx');
    await page.getByLabel('To', { exact: true }).fill(mistyped);
    await page.getByLabel('Amount').fill('1');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('alert').getByText('No key has this address').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
  });

  it('sends several in a row without waiting', async () => {
    for (const amount of ['1', '2', '3']) {
      await show(page, 'send');
      await page.getByLabel('To', { exact: true }).fill(OTHER);
      await page.getByLabel('Amount').fill(amount);
      await confirm(page);
    }
    await show(page, 'activity');
    await expect.poll(() => page.getByText('Final', { exact: true }).count(), { timeout: 30_000 }).toBe(4);
  });

  it('stakes, and says from when it counts', async () => {
    await show(page, 'stake');
    await page.getByLabel('Amount').fill('999');
    await page.getByText('A stake has at least').waitFor();
    await page.getByLabel('Amount').fill('1500');
    await page.getByText('It will count from block 4320').waitFor();
    await confirm(page);
    await page.getByText(/Counts from block 4320 on, in about/).waitFor();
  });

  it('shields, and finds the note', async () => {
    await show(page, 'shield');
    await page.getByLabel('Amount').fill('100');
    await confirm(page);
    await show(page, '');
    await balance(page, 'Shielded')
      .filter({ hasText: /^100\s/ })
      .waitFor();
  });

  it('shows a call that fails before it is sent, and after', async () => {
    await sendFailingCall(page);
  });

  it('locks, and opens with the password only, also after a reload', async () => {
    await page.getByRole('button', { name: 'Lock' }).click();
    await page.getByLabel('Password', { exact: true }).fill('wrong password');
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByText('The password is wrong').waitFor();
    await page.reload();
    await unlock(page);
    await show(page, 'activity');
    await page.getByText('Failed', { exact: true }).waitFor();
    await show(page, '');
    await balance(page, 'Shielded')
      .filter({ hasText: /^100\s/ })
      .waitFor();
  });

  it('locks by itself when nobody touches it', async () => {
    // A clock that can be moved is one of all pages of its context.
    const elsewhere = await browser.newContext({ viewport: DESKTOP });
    new Watch(elsewhere, [new URL(devnet.page).origin]);
    const left = await elsewhere.newPage();
    await left.clock.install();
    await createWallet(left, devnet.page);
    await left.clock.fastForward('09:00');
    await left.mouse.click(600, 700);
    await left.clock.fastForward('09:00');
    await balance(left, 'Public').waitFor();
    await left.clock.fastForward('11:00');
    await left.getByRole('heading', { name: 'Unlock your wallet' }).waitFor();
    await elsewhere.close();
  });

  it('has names for addresses', async () => {
    await show(page, 'contacts');
    await page.getByLabel('Name').fill('Alice');
    await page.getByLabel('Address or account').fill(OTHER);
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('link', { name: 'Pay' }).click();
    await page.getByText('A public account').waitFor();
    await expect.poll(() => page.getByLabel('To', { exact: true }).inputValue()).toBe('Alice');
  });

  it.each(['', 'send', 'receive', 'shield', 'stake', 'call', 'activity', 'contacts', 'settings'])('is accessible: /%s', async (screen) => {
    await show(page, screen);
    await expectAccessible(page, screen);
    await page.setViewportSize(PHONE);
    await expectAccessible(page, `${screen} (phone)`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    await page.setViewportSize(DESKTOP);
  });

  it('comes back from its words', async () => {
    const elsewhere = await browser.newContext({ viewport: PHONE, colorScheme: 'dark' });
    const watchElsewhere = new Watch(elsewhere, [new URL(devnet.page).origin]);
    const other = await elsewhere.newPage();
    await other.goto(`${devnet.page}wallet`);
    await other.getByText('Restore a wallet').click();
    await other.getByLabel('Recovery phrase', { exact: true }).fill([...words.slice(0, 23), 'abandon'].join(' '));
    await other.getByRole('button', { name: 'Next' }).click();
    await other.getByRole('alert').waitFor();
    await other.getByLabel('Recovery phrase', { exact: true }).fill(words.join('  '));
    await expectAccessible(other, 'restore (dark)');
    // It has no note in the first block.
    await other.getByLabel('or block').fill('one');
    await other.getByText('A block is a number').waitFor();
    await other.getByLabel('or block').fill('1');
    await other.getByRole('button', { name: 'Next' }).click();
    await choosePassword(other);
    await balance(other, 'Shielded')
      .filter({ hasText: /^100\s/ })
      .waitFor();
    expect(await ownAddress(other, 'Public account')).toBe(account);
    await expectAccessible(other, 'receive (dark)');
    expect(watchElsewhere.complaints).toEqual([]);
    // Without the network it says so, and goes on when it is back.
    await show(other, '');
    await elsewhere.setOffline(true);
    await other.getByText('The node does not answer').waitFor();
    await elsewhere.setOffline(false);
    await other.getByText('The node does not answer').waitFor({ state: 'detached' });
    await elsewhere.close();
  });

  it('goes to another browser as a file, and is paid by the faucet there', async () => {
    await show(page, 'settings');
    await page.getByText('Save as a file').click();
    const form = page.locator('details[open] form');
    await form.getByLabel('Password').fill(`${PASSWORD}!`);
    await form.getByRole('button', { name: 'Save the file' }).click();
    await form.getByText('The password is wrong').waitFor();
    await form.getByLabel('Password').fill(PASSWORD);
    const saved = page.waitForEvent('download');
    await form.getByRole('button', { name: 'Save the file' }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toBe('My-wallet.keys');
    expect(readFileSync(await file.path(), 'utf8')).not.toContain(words[0]);

    const elsewhere = await browser.newContext({ viewport: DESKTOP });
    const watchElsewhere = new Watch(elsewhere, [new URL(devnet.page).origin]);
    const other = await elsewhere.newPage();
    await other.goto(`${devnet.page}wallet`);
    await other.getByText('Restore a wallet').click();
    await other.getByLabel('A wallet file').check();
    await other.getByLabel('Wallet file', { exact: true }).setInputFiles(await file.path());
    await other.getByLabel('Password of the file').fill('another password');
    await other.getByRole('button', { name: 'Next' }).click();
    await other.getByRole('alert').getByText('The file does not open').waitFor();
    await expectAccessible(other, 'restore from a file');
    await other.getByLabel('Password of the file').fill(PASSWORD);
    await other.getByLabel('Day').fill(new Date().toISOString().slice(0, 10));
    await other.getByRole('button', { name: 'Next' }).click();
    await choosePassword(other);
    await balance(other, 'Shielded')
      .filter({ hasText: /^100\s/ })
      .waitFor();
    expect(await ownAddress(other, 'Public account')).toBe(account);

    const before = await balanceOf(devnet.node, account);
    await other.getByRole('button', { name: 'Get test DUSK' }).click();
    await other.getByText('The faucet pays').waitFor();
    await expect.poll(() => balanceOf(devnet.node, account), { timeout: 30_000 }).toBeGreaterThan(before);
    expect(watchElsewhere.complaints).toEqual([]);
    await elsewhere.close();
  });

  it('asked no other origin, and wrote no error', () => {
    expect(watch.complaints).toEqual([]);
  });
});
