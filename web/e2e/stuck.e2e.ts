// A payment that waits is replaced, and then cancelled: one of the rivals gets into a block.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DESKTOP, launch, Watch } from './browser';
import { Devnet } from './devnet';
import { balance, confirm, createWallet, ownAddress, show } from './wallet_actions';

const OTHER =
  'oBZ7SrWfP2JFc5PvfXUNLViKePVLq3UFfwKWUVPvgBfXZ5ozKSCpW8WWVggBo2Xrgd5D7i47aHNSxiGGpQcdMqE6G7odSRfweC4ttmGykyhtWTxsi1mBwHaenXdwpZZaJEz';

describe('a payment that waits', () => {
  let devnet: Devnet;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    devnet = await Devnet.start('--nodes', '4', '--block-time', '1');
    browser = await launch();
    const context = await browser.newContext({ viewport: DESKTOP });
    new Watch(context, [new URL(devnet.page).origin]);
    page = await context.newPage();
    await createWallet(page, devnet.page);
    await devnet.pay(await ownAddress(page, 'Public account'), '100');
    await show(page, '');
    await balance(page, 'Public').filter({ hasText: /^100/ }).waitFor({ timeout: 60_000 });
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(await page.innerText('body'));
  });

  afterAll(async () => {
    devnet?.resume();
    await browser?.close();
    await devnet?.stop();
  });

  it('is replaced by one that offers more, and that is cancelled', async () => {
    devnet.pause();
    await show(page, 'send');
    await page.getByLabel('To', { exact: true }).fill(OTHER);
    await page.getByLabel('Amount').fill('50');
    await confirm(page);
    await show(page, 'activity');
    for (const action of ['Offer more', 'Cancel it']) {
      await page.getByRole('button', { name: action }).first().click();
      await page.getByRole('button', { name: action }).first().click();
      await page.getByText('only one of them can happen').waitFor();
      await page.getByRole('button', { name: 'Confirm and send' }).click();
      await page.getByText('The node has it').waitFor();
      await page.getByRole('button', { name: 'Done' }).click();
    }
    devnet.resume();
    await page.getByText('Replaced by another one').nth(1).waitFor({ timeout: 60_000 });
    await page.getByText('Final', { exact: true }).waitFor({ timeout: 60_000 });
    expect(await page.getByText('Cancelled a payment').count()).toBe(1);
    await show(page, '');
    // The cancellation, unless another node made the block before it heard of that.
    await balance(page, 'Public').filter({ hasText: /^(99|49)\./ }).waitFor();
  });
});
