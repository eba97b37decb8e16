import { expect, type Page } from '@playwright/test';

/** On the pages of a payer's provider: signs in as the member with this number, and agrees to share it. */
export async function signInAtProvider(page: Page, memberId: string): Promise<void> {
  await page.locator('input[name="login"]').fill(memberId);
  await page.locator('input[name="password"]').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** On the same page: refuses. */
export async function refuseAtProvider(page: Page): Promise<void> {
  await page.getByRole('link', { name: /cancel/i }).click();
}

/** On our own page, which lists the health plans. */
export async function choosePlan(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Choose your health plan' })).toBeVisible();
  await page.locator('label').filter({ hasText: name }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}
