// What a person does with the wallet, for tests.
import type { Page } from 'playwright-core';

export const PASSWORD = 'a long enough password';

// Creates a wallet; the words.
export async function createWallet(page: Page, base: string): Promise<string[]> {
  await page.goto(`${base}wallet`);
  await page.getByText('Create a wallet').click();
  await page.getByRole('button', { name: 'Show the words' }).click();
  const words = (await page.locator('ol li').allTextContents()).map((text) => text.replace(/^\d+/, ''));
  await page.getByRole('button', { name: 'I have written them down' }).click();
  for (const field of await page.locator('main form input').all()) {
    const place = Number((await field.getAttribute('id'))?.split('-')[1]);
    await field.fill(words[place] ?? '');
  }
  await page.getByRole('button', { name: 'Next' }).click();
  await choosePassword(page);
  return words;
}

export async function choosePassword(page: Page): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Password again').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create the wallet' }).click();
  await page.getByRole('heading', { name: 'Public' }).waitFor();
}

export async function unlock(page: Page): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Unlock' }).click();
}

export async function show(page: Page, screen: string): Promise<void> {
  await page.locator(`nav[aria-label="Wallet"] a[href="/ui/wallet${screen && `/${screen}`}"]`).click();
}

export function balance(page: Page, model: 'Public' | 'Shielded') {
  return page.locator(`section[aria-label="${model}"] .amount`);
}

export async function ownAddress(page: Page, model: 'Public account' | 'Shielded address'): Promise<string> {
  await show(page, 'receive');
  await page.getByLabel(model).check();
  return (await page.getByTestId('own-address').textContent()) ?? '';
}

// From a filled form to the node.
export async function confirm(page: Page, button = 'Confirm and send', seconds = 30): Promise<void> {
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: button }).click();
  await page
    .getByText('The node has it')
    .or(page.getByText('What it called failed'))
    .waitFor({ timeout: seconds * 1000 });
  await page.getByRole('button', { name: 'Done' }).click();
}

// A contract that is not there is called: that is shown before it is sent, and after.
export async function sendFailingCall(page: Page): Promise<void> {
  await show(page, 'call');
  await page.getByLabel('Contract', { exact: true }).fill('ab'.repeat(32));
  await page.getByLabel('Function').fill('nothing');
  await page.getByLabel('Argument').fill('00');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('alert').getByText('it would fail').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await confirm(page, 'Send anyway');
  await show(page, 'activity');
  await page.getByText('Failed', { exact: true }).waitFor();
  await page.getByText('What it called failed, the fee is spent').waitFor();
}
