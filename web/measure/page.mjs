// How quick the page is: node measure/page.mjs URL [RUNS], where URL is the page of a running node, such as http://127.0.0.1:8080/ui/.
// Until something is seen and until the chain is, from a cold browser; the longest frame while a list of 10 000 rows is scrolled; and, with
// --lighthouse, what Lighthouse says of the overview (mobile, simulated throttling). Medians of RUNS (5).
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const lighthouse = 'lighthouse@12.8.2';
const [url, runs = '5'] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
if (!url) throw new Error('usage: node measure/page.mjs URL [RUNS] [--lighthouse]');
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
function say(what, numbers, unit) {
  console.log(`${what.padEnd(44)} ${String(median(numbers)).padStart(6)} ${unit}   (${numbers.join(', ')})`);
}

async function many(measure) {
  const out = [];
  for (let i = 0; i < Number(runs); i++) out.push(await measure());
  return out;
}

async function firstView() {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.goto(url, { waitUntil: 'commit' });
    await page.locator('main a[href^="/ui/block/"]').first().waitFor();
    return await page.evaluate(() => ({ paint: Math.round(performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0), blocks: Math.round(performance.now()) }));
  } finally {
    await browser.close();
  }
}

// The rows are made here, the page is not.
async function scrolling() {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const mempoolTxs = Array.from({ length: 10_000 }, (_, i) => ({ id: i.toString(16).padStart(64, '0'), txType: 'Moonlight', gasLimit: 2_000_000, gasPrice: 10_000 - i }));
    await page.route('**/graphql', (route) => (route.request().postData()?.includes('mempoolTxs { id txType') ? route.fulfill({ json: { data: { mempoolTxs } } }) : route.continue()));
    await page.goto(new URL('mempool', url).href);
    await page.locator('[aria-rowcount="10001"]').waitFor();
    return await page.evaluate(async () => {
      const frames = [];
      let last = await new Promise(requestAnimationFrame);
      for (let y = 0; y < 300; y++) {
        scrollTo(0, y * 400);
        const now = await new Promise(requestAnimationFrame);
        frames.push(now - last);
        last = now;
      }
      frames.sort((a, b) => a - b);
      return { middle: Math.round(frames[150]), late: Math.round(frames[297]) };
    });
  } finally {
    await browser.close();
  }
}

async function audit() {
  const folder = mkdtempSync(join(tmpdir(), 'dusk-lighthouse-'));
  const report = join(folder, 'report.json');
  try {
    const options = ['--quiet', '--only-categories=performance,accessibility', '--throttling-method=simulate', '--chrome-flags=--headless=new --no-sandbox --disable-gpu', '--output=json', `--output-path=${report}`];
    await promisify(execFile)('npx', ['--yes', lighthouse, url, ...options], { env: { ...process.env, CHROME_PATH: executablePath } });
    const { categories, audits } = JSON.parse(readFileSync(report, 'utf8'));
    const of = (name) => Math.round(audits[name].numericValue);
    return {
      performance: Math.round(categories.performance.score * 100), accessibility: Math.round(categories.accessibility.score * 100),
      paint: of('first-contentful-paint'), largest: of('largest-contentful-paint'), blocked: of('total-blocking-time'),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const views = await many(firstView);
say('first view: something is seen', views.map((view) => view.paint), 'ms');
say('first view: the newest block is seen', views.map((view) => view.blocks), 'ms');
const scrolls = await many(scrolling);
say('10 000 rows, scrolled: a frame', scrolls.map((scroll) => scroll.middle), 'ms');
say('10 000 rows, scrolled: 99 of 100 frames', scrolls.map((scroll) => scroll.late), 'ms');
if (process.argv.includes('--lighthouse')) {
  const audits = await many(audit);
  say('Lighthouse: performance', audits.map((one) => one.performance), '');
  say('Lighthouse: accessibility', audits.map((one) => one.accessibility), '');
  say('Lighthouse: first contentful paint', audits.map((one) => one.paint), 'ms');
  say('Lighthouse: largest contentful paint', audits.map((one) => one.largest), 'ms');
  say('Lighthouse: total blocking time', audits.map((one) => one.blocked), 'ms');
}
