// Explorer and live view against a devnet: every page at two sizes, light and dark; what happens shows without a reload; nothing that others
// wrote becomes more than text.
import { execFileSync } from 'node:child_process';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESKTOP, expectAccessible, expectContrast, launch, PHONE, Watch } from './browser';
import { Devnet, until } from './devnet';
import { OTHER, Person, PERSON } from './people';

const HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=2</script>\u202e[x](javascript:alert(1))';
const STAKE = `02${'00'.repeat(31)}`;
const TRANSFER = `01${'00'.repeat(31)}`;

let devnet: Devnet;
let browser: Browser;
let person: Person;
let hostile = '';
let origin = '';

beforeAll(async () => {
  devnet = await Devnet.start('--nodes', '4', '--block-time', '1', '--archive');
  origin = new URL(devnet.page).origin;
  [browser, person] = await Promise.all([launch(), Person.of(devnet.node)]);
  // A node takes no transactions before it has joined its network.
  await until('the first block', async () => ((await (await fetch(`${devnet.node}/status`)).json()) as { height: number }).height >= 1);
  hostile = await person.pay('1.5', HOSTILE);
});

afterAll(async () => {
  await browser?.close();
  person?.leave();
  await devnet?.stop();
});

async function opened(size = DESKTOP, colorScheme: 'light' | 'dark' = 'light'): Promise<{ context: BrowserContext; page: Page; watch: Watch }> {
  const context = await browser.newContext({ viewport: size, colorScheme });
  const watch = new Watch(context, [origin]);
  const page = await context.newPage();
  return { context, page, watch };
}

const at = (path: string): string => devnet.page.replace(/\/$/, '') + path;
const heightOf = async (page: Page): Promise<number> => Number((await page.locator('header .height').textContent())?.replace(/\D/g, ''));

function pages(): [string, string][] {
  return [
    ['/', 'Overview'],
    ['/blocks', 'Blocks'],
    ['/block/2', 'Block 2'],
    ['/block/2?tab=consensus', 'Block 2'],
    ['/transactions', 'Transactions'],
    [`/tx/${hostile}`, `Transaction ${hostile.slice(0, 10)}…`],
    [`/tx/${hostile}?tab=events`, `Transaction ${hostile.slice(0, 10)}…`],
    ['/mempool', 'Mempool'],
    ['/accounts', 'Accounts'],
    [`/account/${PERSON}`, 'Account'],
    ['/contracts', 'Contracts'],
    [`/contract/${STAKE}`, 'Contract Stake contract'],
    [`/contract/${TRANSFER}?tab=events`, 'Contract Transfer contract'],
    ['/provisioners', 'Provisioners'],
    ['/network', 'Network'],
    ['/consensus', 'Consensus'],
    ['/node', 'This node'],
    ['/search?q=nothing%20of%20this%20kind', 'Search'],
    ['/no/such/page', 'There is no such page'],
  ];
}

describe.each([
  ['desktop, light', DESKTOP, 'light'],
  ['phone, dark', PHONE, 'dark'],
] as const)('every page, %s', (_, size, scheme) => {
  it('has its heading, fits, is accessible in both colours, asks nobody else and complains of nothing', { timeout: 600_000 }, async () => {
    const { context, page, watch } = await opened({ ...size }, scheme);
    await page.emulateMedia({ reducedMotion: 'reduce' });  // colours between two others are nobody's
    for (const [path, heading] of pages()) {
      await page.goto(at(path));
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await page.locator('header .height').waitFor();
      await page.waitForFunction(() => !document.querySelector('.waiting'));
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, `${path} is wider than the screen`).toBeLessThanOrEqual(0);
      await expectAccessible(page, path);
      // The other colours of the same page, where contrast is all that can differ.
      await page.emulateMedia({ colorScheme: scheme === 'light' ? 'dark' : 'light' });
      await expectContrast(page, path);
      await page.emulateMedia({ colorScheme: scheme });
    }
    expect(watch.complaints).toEqual([]);
    await context.close();
  });
});

describe('what happens', () => {
  it('shows without a reload: blocks come, a payment goes from the mempool to final', async () => {
    const { context, page, watch } = await opened();
    await page.goto(at('/'));
    await page.locator('header .height').waitFor();
    const before = await heightOf(page);
    await page.waitForFunction((height) => Number(document.querySelector('header .height')?.textContent?.replace(/\D/g, '')) > height + 1, before);

    const id = await person.pay('2.25', 'followed', false);
    await page.goto(at(`/tx/${id}`));
    await page.getByText('2.25 DUSK').waitFor();
    await page.locator('ol[aria-label="Progress"] li.done', { hasText: 'Final' }).waitFor();
    expect(watch.complaints).toEqual([]);
    await context.close();
  });

  it('goes on after the node was killed and came back', async () => {
    const { context, page } = await opened();
    await page.goto(at('/'));
    await page.locator('header a.live').waitFor();
    execFileSync('kill', ['-9', String(devnet.pidOfNode())]);
    await page.locator('header a.lost').waitFor();
    await page.getByText('The connection to the node is lost', { exact: false }).or(page.getByText('The page tries again by itself', { exact: false })).first().waitFor();
    await page.locator('header a.live').waitFor();
    const back = await heightOf(page);
    await page.waitForFunction((height) => Number(document.querySelector('header .height')?.textContent?.replace(/\D/g, '')) > height, back);
    await context.close();
  });

  it('is told of a block that was taken back', async () => {
    const { context, page } = await opened();
    let tell: ((text: string) => void) | undefined;
    let subscription = '';
    await page.routeWebSocket(/\/rpc$/, (socket) => {
      const server = socket.connectToServer();
      tell = (text) => socket.send(text);
      server.onMessage((message) => {
        subscription = /"subscription":"([^"]+)".*"channel":"blocks"/.exec(String(message))?.[1] ?? subscription;
        socket.send(message);
      });
    });
    await page.goto(at('/'));
    await until('a block was told', async () => subscription !== '');
    const { hash, height } = (await (await fetch(`${devnet.node}/status`)).json()) as { hash: string; height: number };
    await page.getByRole('link', { name: String(height) }).first().waitFor();
    tell?.(JSON.stringify({ jsonrpc: '2.0', method: 'subscription', params: { subscription, sequence: 1, channel: 'blocks', event: { state: 'reverted', height, hash, at_height: height } } }));
    await page.getByText(`Block ${height} was taken back`, { exact: false }).waitFor();
    await context.close();
  });
});

describe('a node of another kind', () => {
  it('is asked for what every node has; the rest says why it is missing', async () => {
    const { context, page, watch } = await opened();
    // The version of a released node: the page takes this one for such a node, over GraphQL and the event stream.
    await context.route('**/on/node/info', async (route) => {
      const answer = await route.fetch();
      const info = (await answer.json()) as Record<string, unknown>;
      await route.fulfill({ response: answer, json: { ...info, version_build: '1.7.0 (c0ffee 2026-01-01)' } });
    });
    const others: string[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (!/^\/(ui|on|graphql)(\/|$)/.test(pathname)) others.push(pathname);
    });
    for (const [path, text] of [
      ['/consensus', 'does not tell votes'],
      ['/network', 'does not tell about its peers'],
      ['/contracts', 'this node has none'],
      ['/accounts', 'this node has none'],
      [`/account/${OTHER}`, 'nodes with an archive'],
      [`/tx/${hostile}?tab=events`, 'nodes with an archive'],
      ['/transactions', 'newest 200'],
    ] as const) {
      await page.goto(at(path));
      await page.getByText(text, { exact: false }).first().waitFor();
    }
    await page.goto(at('/'));
    await page.locator('header a.live').waitFor();
    const before = await heightOf(page);
    await page.waitForFunction((height) => Number(document.querySelector('header .height')?.textContent?.replace(/\D/g, '')) > height + 1, before);
    expect(others).toEqual([]);
    expect(watch.complaints).toEqual([]);
    await context.close();
  });
});

describe('what others wrote', () => {
  it('stays text', async () => {
    const { context, page, watch } = await opened();
    await page.goto(at(`/tx/${hostile}`));
    const memo = page.locator('.memo');
    await memo.waitFor();
    expect(await memo.textContent()).toBe(HOSTILE.replace('\u202e', '⟨U+202E⟩'));
    expect(await page.locator('main img, main script, main iframe').count()).toBe(0);
    expect(await page.title()).toContain('Transaction');
    await page.goto(at(`/account/${OTHER}`));
    await page.getByText('Received').first().waitFor();
    expect(await page.locator('main img, main script, main iframe').count()).toBe(0);
    await page.goto(at(`/search?q=${encodeURIComponent(HOSTILE)}`));
    await page.getByRole('link', { name: hostile }).waitFor();
    expect(watch.complaints).toEqual([]);
    await context.close();
  });
});

describe('search', () => {
  it.each([
    ['a height', () => '2', () => '/ui/block/2'],
    ['a transaction', () => hostile, () => `/ui/tx/${hostile}`],
    ['an account', () => PERSON, () => `/ui/account/${PERSON}`],
    ['a contract', () => STAKE, () => `/ui/contract/${STAKE}`],
  ])('finds %s, from the keyboard', async (_, what, where) => {
    const { context, page } = await opened();
    await page.goto(at('/'));
    await page.locator('header .height').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type(what());
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === where());
    await context.close();
  });
});

describe('by keyboard', () => {
  it('the first stop skips to the content, and every stop can be seen', async () => {
    const { context, page } = await opened();
    await page.goto(at('/provisioners'));
    await page.getByRole('heading', { level: 1, name: 'Provisioners' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    for (let i = 0; i < 25; i++) {
      await page.keyboard.press('Tab');
      const shown = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return true;
        const outlines = [element, element.closest('form')].map((one) => one && getComputedStyle(one));
        return outlines.some((style) => style && (style.outlineStyle !== 'none' || style.borderColor !== ''));
      });
      expect(shown).toBe(true);
    }
    await context.close();
  });

  it('the menu of a phone opens, keeps the focus and closes', async () => {
    const { context, page } = await opened(PHONE);
    await page.goto(at('/'));
    await page.getByRole('button', { name: 'Menu' }).focus();
    await page.keyboard.press('Enter');
    const menu = page.getByRole('dialog', { name: 'Menu' });
    await menu.waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.querySelector('dialog')?.contains(document.activeElement))).toBe(true);
    await expectAccessible(page, 'menu');
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Menu' }).press('Enter');
    await menu.getByRole('link', { name: 'Blocks' }).click();
    await page.getByRole('heading', { level: 1, name: 'Blocks' }).waitFor();
    await context.close();
  });
});

describe('more', () => {
  it('a contract answers in its form, and a write is encoded', async () => {
    const { context, page, watch } = await opened();
    await page.goto(at(`/contract/${TRANSFER}`));
    const named = (name: RegExp) => page.locator('details', { has: page.locator('summary .name', { hasText: name }) });
    const entry = named(/^contract_balance$/);
    await entry.locator('summary').click();
    await entry.getByRole('button', { name: 'Ask' }).click();
    await entry.getByText('64 hexadecimal digits').waitFor();
    await entry.getByLabel('ContractId').fill(STAKE);
    await entry.getByRole('button', { name: 'Ask' }).click();
    await entry.getByText('"4000000000000000"').waitFor();
    await page.getByRole('tab', { name: 'Write' }).click();
    const write = named(/^deposit$/);
    await write.locator('summary').click();
    await write.getByLabel('u64').fill('7');
    await write.getByRole('button', { name: 'Make the argument' }).click();
    await write.getByText('0700000000000000').waitFor();
    expect(watch.complaints).toEqual([]);
    await context.close();
  });

  it('a list of 10 000 rows has a hundred of them at most, and reaches its end', async () => {
    const { context, page } = await opened();
    // More than a devnet has: the rows are made here, the page is not.
    const mempoolTxs = Array.from({ length: 10_000 }, (_, i) => ({ id: i.toString(16).padStart(64, '0'), txType: 'Moonlight', gasLimit: 2_000_000, gasPrice: 10_000 - i }));
    await context.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('mempoolTxs { id txType')) await route.fulfill({ json: { data: { mempoolTxs } } });
      else await route.continue();
    });
    await page.goto(at('/mempool'));
    const table = page.getByRole('table', { name: 'Mempool' });
    await table.and(page.locator('[aria-rowcount="10001"]')).waitFor();
    expect(await table.locator('tbody tr').count()).toBeLessThan(100);
    const slowest = await page.evaluate(async () => {
      let longest = 0;
      let last = performance.now();
      for (let y = 0; y < 60; y++) {
        scrollTo(0, y * 400);
        await new Promise(requestAnimationFrame);
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
      }
      scrollTo(0, document.documentElement.scrollHeight);
      return longest;
    });
    await table.locator('tr[aria-rowindex="10001"]').waitFor();
    expect(await table.locator('tbody tr').count()).toBeLessThan(100);
    expect(slowest, 'a frame while scrolling, in ms').toBeLessThan(1000);
    await context.close();
  });

  it('lists can be saved', async () => {
    const { context, page } = await opened();
    await page.goto(at('/provisioners?sort=reward'));
    await page.getByRole('columnheader', { name: 'To claim' }).and(page.locator('[aria-sort=descending]')).waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const [head, ...rows] = Buffer.concat(chunks).toString().trim().split('\r\n');
    expect(head).toBe('account,owner,stake_lux,locked_lux,reward_lux,eligible_from,faults,hard_faults');
    expect(rows.filter((row) => row.includes(',1000000000000000,'))).toHaveLength(4);
    await context.close();
  });

  it('what is filtered has an address that can be shared, and can be saved', async () => {
    const { context, page, watch } = await opened();
    await page.goto(at('/transactions'));
    await page.getByLabel('Kind').selectOption('With a memo');
    await page.getByLabel('From block').fill('1');
    await page.getByLabel('From block').press('Enter');
    await page.waitForURL((url) => url.search === '?kind=memo&from=1');
    await page.getByRole('row').filter({ hasText: 'transfer' }).first().waitFor();
    await page.reload();
    expect(await page.getByLabel('From block').inputValue()).toBe('1');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'JSON' }).click()]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const kinds = Buffer.concat(chunks).toString().trim().split('\n').map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(new Set(kinds)).toEqual(new Set(['memo']));
    await page.getByLabel('To block').fill('1');
    await page.getByLabel('To block').press('Enter');
    await page.getByText('None of them fits').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.waitForURL((url) => url.search === '');
    expect(watch.complaints).toEqual([]);
    await context.close();
  });

  it('consensus is drawn as it runs', async () => {
    const { context, page, watch } = await opened();
    await page.goto(at('/consensus'));
    await page.locator('.picture').waitFor();
    await page.getByText(/^Quorum of the ratification: valid/).first().waitFor();
    const rounds = page.getByRole('region', { name: 'Rounds before' }).locator('tbody tr');
    await rounds.nth(1).waitFor();
    expect(watch.complaints).toEqual([]);
    await context.close();
  });
});
