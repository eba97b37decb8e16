import { expect, type Page } from '@playwright/test';
import { linkIn, mailTo } from '../fixtures/inbox';

export interface Person {
  name: string;
  healthcareId: string;
  email: string;
  password: string;
}

/** The demonstration's. */
export const administrator: Person = {
  name: 'Ada Moreno',
  healthcareId: 'demo-admin',
  email: 'demo-admin@example.com',
  password: 'tall-orchid-river-42',
};

/** Somebody new. */
export function newPerson(role: string, unique: string): Person {
  return {
    name: `${role} ${unique.replace(/[0-9]/g, 'x')}`,
    healthcareId: `${role.toLowerCase()}-${unique}`,
    email: `${role.toLowerCase()}.${unique}@example.org`,
    password: `quiet-harbor-${unique}-lamp`,
  };
}

/** Signs up, and confirms the address by the link in the mail. */
export async function signUp(page: Page, person: Person): Promise<void> {
  await page.goto('/signup');
  await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('Email address').fill(person.email);
  await page.getByLabel('Choose a Healthcare ID').fill(person.healthcareId);
  await page.getByLabel('Choose a password').fill(person.password);
  await page.getByRole('button', { name: 'Create Healthcare ID' }).click();
  await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible();
  const mail = await mailTo(person.email, 'Confirm your e-mail address');
  await page.goto(linkIn(mail, '/account/verify'));
  await page.getByRole('button', { name: 'Confirm' }).click();
}

/** On the page that asks for it. */
export async function signIn(page: Page, person: Person): Promise<void> {
  await page.getByLabel('Healthcare ID or email address').fill(person.healthcareId);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
