// A page under watch: whatever it asks of another origin or writes as an error fails the test.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { expect } from 'vitest';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
}

export class Watch {
  readonly complaints: string[] = [];

  constructor(context: BrowserContext, origins: string[]) {
    context.setDefaultTimeout(90_000); // the machine may be busy with other tests
    // To try a wallet module that the program does not serve.
    const module = process.env['DUSK_WALLET_CORE'];
    if (module) void context.route(/\/static\/drivers\//, (route) => route.fulfill({ path: module, contentType: 'application/wasm' }));
    context.on('page', (page) => this.watch(page, origins));
  }

  private watch(page: Page, origins: string[]): void {
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (!['data:', 'blob:'].includes(url.protocol) && !origins.includes(url.origin)) this.complaints.push(`asked ${url.href}`);
    });
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(`console at ${page.url()}: ${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => this.complaints.push(`error at ${page.url()}: ${error.message}`));
  }
}

interface AxeResult {
  violations: { id: string; impact: string; nodes: { target: string[]; failureSummary?: string }[] }[];
}

// No serious finding on what is shown now.
export function expectAccessible(page: Page, where: string): Promise<void> {
  return expectNothing(page, where, '{ resultTypes: ["violations"] }');
}

// Every text can be read on what is behind it.
export function expectContrast(page: Page, where: string): Promise<void> {
  return expectNothing(page, `${where}, other colours`, '{ resultTypes: ["violations"], runOnly: ["color-contrast", "link-in-text-block"] }');
}

async function expectNothing(page: Page, where: string, options: string): Promise<void> {
  // What was asked of the page a moment ago is drawn: colours that are halfway between two others are nobody's.
  await page.evaluate(`(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map((one) => one.finished));
  })()`);
  const result = (await page.evaluate(`${axeSource}; axe.run(document, ${options})`)) as AxeResult;
  const serious = result.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${where}: ${id} at ${nodes[0]?.target.join(' ')}: ${nodes[0]?.failureSummary}`)).toEqual([]);
}

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 800 };
