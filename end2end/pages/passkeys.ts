import { expect, type Page } from '@playwright/test';
import { localhostUrl } from '../addresses';
import type { Look } from '../fixtures/look';
import { signIn, type Person } from './account';

/** Signs in someone without two-step sign-in at the address where passkeys work, and adds their first one; returns the recovery codes. */
export async function addFirstPasskey(page: Page, person: Person, name: string, look: Look): Promise<string[]> {
  await page.goto(`${localhostUrl}/account/second-factor`);
  await signIn(page, person);
  await look(page);
  await page.getByRole('link', { name: 'Add a passkey' }).click();
  await look(page);
  await page.getByLabel('Name of the passkey').fill(name);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText(`where to keep “${name}”`)).toBeVisible();
  await look(page);
  await page.getByRole('button', { name: 'Create the passkey' }).click();
  await expect(page.getByRole('heading', { name: 'Your recovery codes' })).toBeVisible();
  return (await page.locator('#recovery-codes').innerText()).trim().split(/\s+/);
}

/** Enters only the password, at the address where passkeys work. */
export async function givePassword(page: Page, person: Person): Promise<void> {
  await page.goto(`${localhostUrl}/account`);
  await signIn(page, person);
  await expect(page.getByRole('heading', { name: 'Use your passkey' })).toBeVisible();
}
