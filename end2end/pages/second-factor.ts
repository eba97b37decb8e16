import { expect, type Page } from '@playwright/test';
import { Authenticator } from '../authenticator.mjs';
import type { Look } from '../fixtures/look';

export interface SetUp {
  app: Authenticator;
  recoveryCodes: string[];
}

/** From the page that explains it, through the key and the first code, to the destination. */
export async function setUp(page: Page, look: Look): Promise<SetUp> {
  await expect(page.getByRole('heading', { level: 1, name: 'Two-step sign-in' })).toBeVisible();
  await look(page);
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  await expect(page.getByRole('heading', { name: 'Add your authenticator app' })).toBeVisible();
  await look(page);
  const app = new Authenticator(await page.locator('#totp-secret').innerText());
  await page.getByLabel('Six-digit code').fill(await app.next());
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(page.getByRole('heading', { name: 'Your recovery codes' })).toBeVisible();
  await look(page);
  const recoveryCodes = (await page.locator('#recovery-codes').innerText()).trim().split(/\s+/);
  await page.getByRole('link', { name: 'I have saved my codes' }).click();
  return { app, recoveryCodes };
}

/** On the page that asks for the app's code after the password. */
export async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Six-digit code').fill(code);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** The other way to sign in. */
export async function enterRecoveryCode(page: Page, code: string, look: Look): Promise<void> {
  await page.getByRole('link', { name: 'Use a recovery code' }).click();
  await look(page);
  await page.getByLabel('Recovery code').fill(code);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
