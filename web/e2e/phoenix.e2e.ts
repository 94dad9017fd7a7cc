// A shielded payment with one input whose proof is made in the page.
import { readdirSync, readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DESKTOP, launch, Watch } from './browser';
import { Devnet } from './devnet';
import { balance, confirm, createWallet, ownAddress, show } from './wallet_actions';

const MOST_SECONDS = 180;
const MOST_MEMORY_MIB = 2048;

// What all processes of the browser hold, without what they share.
function memoryMib(): number {
  let kib = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) continue;
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      kib += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
    } catch {
      // It ended meanwhile.
    }
  }
  return kib / 1024;
}

describe('a proof in the page', () => {
  let devnet: Devnet;
  let browser: Browser;
  let page: Page;
  let watch: Watch;

  beforeAll(async () => {
    devnet = await Devnet.start('--instant');
    browser = await launch();
    const context = await browser.newContext({ viewport: DESKTOP });
    watch = new Watch(context, [new URL(devnet.page).origin]);
    page = await context.newPage();
    await createWallet(page, devnet.page);
    await devnet.pay(await ownAddress(page, 'Public account'), '1000');
    await show(page, 'shield');
    await page.getByText('Available: 1').waitFor();
    await page.getByLabel('Amount').fill('500');
    await confirm(page);
    await show(page, '');
    await balance(page, 'Shielded').filter({ hasText: /^500/ }).waitFor();
    await show(page, 'settings');
    await page.getByRole('button', { name: 'Add a profile' }).click();
    await page.locator('strong', { hasText: 'Profile 2' }).waitFor();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(await page.innerText('body'), watch.complaints);
  });

  afterAll(async () => {
    await browser?.close();
    await devnet?.stop();
  });

  it(`takes at most ${MOST_SECONDS} s and ${MOST_MEMORY_MIB} MiB, and the other profile is paid`, async () => {
    const to = await ownAddress(page, 'Shielded address');
    await page.getByLabel('Profile', { exact: true }).selectOption('Profile 1');
    await show(page, '');
    await balance(page, 'Shielded').filter({ hasText: /^500/ }).waitFor();
    await show(page, 'send');
    await page.getByLabel('To', { exact: true }).fill(to);
    await page.getByText('Profile 2. This is your own').waitFor();
    await page.getByLabel('Amount').fill('1.5');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByText('The proof is made in this page').waitFor();
    let most = 0;
    const memory = setInterval(() => (most = Math.max(most, memoryMib())), 500);
    const begun = Date.now();
    await page.getByRole('button', { name: 'Confirm and send' }).click();
    await page.getByRole('progressbar', { name: 'Making the proof' }).waitFor();
    await page.getByText('The node has it').or(page.getByRole('alert')).waitFor({ timeout: MOST_SECONDS * 1000 });
    const seconds = (Date.now() - begun) / 1000;
    clearInterval(memory);
    console.info(`proof in the page: ${seconds.toFixed(1)} s, at most ${most.toFixed(0)} MiB`);
    expect(most).toBeLessThan(MOST_MEMORY_MIB);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByLabel('Profile', { exact: true }).selectOption('Profile 2');
    await show(page, '');
    await balance(page, 'Shielded').filter({ hasText: /^1\.5/ }).waitFor({ timeout: 30_000 });
    await page.getByText('Received').waitFor();
  }, 300_000);

  it('is made again with what was kept, and takes less time', async () => {
    await page.getByLabel('Profile', { exact: true }).selectOption('Profile 1');
    await show(page, 'shield');
    await page.getByLabel('Unshield: shielded to public').check();
    await page.getByLabel('Amount').fill('100');
    const begun = Date.now();
    await confirm(page, 'Confirm and send', MOST_SECONDS);
    console.info(`second proof: ${((Date.now() - begun) / 1000).toFixed(1)} s`);
    await show(page, '');
    await balance(page, 'Public').filter({ hasText: /^599\.9/ }).waitFor({ timeout: 30_000 });
  }, 300_000);

  it('asked no other origin, and wrote no error', () => {
    expect(watch.complaints).toEqual([]);
  });
});
