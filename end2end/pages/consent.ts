import { expect, type Locator, type Page } from '@playwright/test';
import type { Look } from '../fixtures/look';
import type { Program } from '../fixtures/programs';
import { unseen } from '../fixtures/look';
import { WORDS, type Language } from '../fixtures/words';
import { newPerson, signIn, signUp, type Person } from './account';

/** Goes from the app's authorization request to the consent page: payer, sign-in, patient. Returns nothing; leaves the page open. */
export async function reachConsent(page: Page, program: Program, member: Person, look: Look, language: Language = 'en'): Promise<void> {
  await choosePlan(page, program, look, language);
  await look(page);
  await signIn(page, member, language);
  await choosePatient(page, look, language);
  await expect(page.getByRole('heading', { name: WORDS[language].asks })).toBeVisible();
  await look(page);
}

/** The same for someone who is signed in and has chosen a patient before. */
export async function returnToConsent(page: Page, program: Program, look: Look, language: Language = 'en'): Promise<void> {
  await choosePlan(page, program, look, language);
  await expect(page.getByRole('heading', { name: WORDS[language].asks })).toBeVisible();
  await look(page);
}

export async function choosePlan(page: Page, program: Program, look: Look, language: Language = 'en'): Promise<void> {
  if (!program.payer) return;
  await expect(page.getByRole('heading', { name: WORDS[language].plan })).toBeVisible();
  await look(page);
  await page.locator('label').filter({ hasText: program.payer }).click();
  await page.getByRole('button', { name: WORDS[language].continue }).click();
}

/** In the sandbox anyone becomes a test member by choosing a synthetic patient, once: here the first one with several claims. */
export async function choosePatient(page: Page, look: Look, language: Language = 'en'): Promise<void> {
  await expect(page.getByRole('heading', { name: WORDS[language].testMember })).toBeVisible();
  await look(page);
  const claims = page.getByRole('cell', { name: /^([4-9]|\d\d+)$/ });
  await page.getByRole('row').filter({ has: claims }).first().getByRole('button', { name: WORDS[language].choose }).click();
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

export async function allow(page: Page, language: Language = 'en'): Promise<void> {
  await page.getByRole('button', { name: WORDS[language].allow }).click();
  await expect(page.getByRole('heading', { name: 'Back in the app' })).toBeVisible();
}
