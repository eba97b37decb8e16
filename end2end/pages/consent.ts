import { expect, type Locator, type Page } from '@playwright/test';
import type { Look } from '../fixtures/look';
import type { Program } from '../fixtures/programs';
import { unseen } from '../fixtures/look';
import { newPerson, signIn, signUp, type Person } from './account';

/** Goes from the app's authorization request to the consent page: payer, sign-in, patient. Returns nothing; leaves the page open. */
export async function reachConsent(page: Page, program: Program, member: Person, look: Look): Promise<void> {
  await choosePlan(page, program, look);
  await look(page);
  await signIn(page, member);
  await choosePatient(page, look);
  await expect(page.getByRole('heading', { name: /asks to see your health data/ })).toBeVisible();
  await look(page);
}

/** The same for someone who is signed in and has chosen a patient before. */
export async function returnToConsent(page: Page, program: Program, look: Look): Promise<void> {
  await choosePlan(page, program, look);
  await expect(page.getByRole('heading', { name: /asks to see your health data/ })).toBeVisible();
  await look(page);
}

async function choosePlan(page: Page, program: Program, look: Look): Promise<void> {
  if (!program.payer) return;
  await expect(page.getByRole('heading', { name: 'Choose your health plan' })).toBeVisible();
  await look(page);
  await page.locator('label').filter({ hasText: program.payer }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** In the sandbox anyone becomes a test member by choosing a synthetic patient, once: here the first one with several claims. */
export async function choosePatient(page: Page, look: Look): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Choose a test member' })).toBeVisible();
  await look(page);
  const claims = page.getByRole('cell', { name: /^([4-9]|\d\d+)$/ });
  await page.getByRole('row').filter({ has: claims }).first().getByRole('button', { name: 'Choose' }).click();
}

/** A new person opens the address to which an app sends its members, and allows access; returns the address of the callback. */
export async function allowAsSomebody(page: Page, url: string | URL, program: Program, unique: string): Promise<URL> {
  const member = newPerson('Member', unique);
  await signUp(page, member);
  await page.goto(String(url));
  await reachConsent(page, program, member, unseen);
  await allow(page);
  return new URL(page.url());
}

/** The line of a scope's box, by the scope's technical name. */
export function boxOf(page: Page, scope: string): Locator {
  return page.locator('.usa-checkbox').filter({ has: page.locator(`input[value="${scope}"]`) });
}

/** Unchecks a scope by its technical name. */
export async function decline(page: Page, scope: string): Promise<void> {
  await boxOf(page, scope).locator('label').click({ position: { x: 10, y: 10 } });
}

export async function allow(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page.getByRole('heading', { name: 'Back in the app' })).toBeVisible();
}
