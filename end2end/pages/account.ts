import { createHash, randomBytes } from 'node:crypto';
import { expect, type Cookie, type Page } from '@playwright/test';
import type { Authenticator } from '../authenticator.mjs';
import { createAdministrator } from '../fixtures/administrator';
import { send } from '../fixtures/forms';
import { linkIn, mailTo } from '../fixtures/inbox';
import { unseen } from '../fixtures/look';
import { WORDS, type Language } from '../fixtures/words';
import { enterCode, setUp } from './second-factor';

export interface Person {
  name: string;
  healthcareId: string;
  email: string;
  password: string;
  /** Has a role, and so signs in with two steps. */
  staff?: boolean;
  /** Set once two-step sign-in is set up. */
  app?: Authenticator;
  /** From a browser in which this person stays signed in; see `enter`. */
  cookies?: Cookie[];
}

/** One per worker: a code works once, so two workers could not sign in with one app. Created at the first sign-in. */
export const administrator: Person = { ...newPerson('Admin', randomBytes(4).toString('hex')), name: 'Ada Moreno', staff: true };

/** A new person. */
export function newPerson(role: string, unique: string): Person {
  return {
    name: `${role} ${unique.replace(/[0-9]/g, 'x')}`,
    healthcareId: `${role.toLowerCase()}-${unique}`,
    email: `${role.toLowerCase()}.${unique}@example.org`,
    password: `quiet-harbor-${unique}-lamp`,
  };
}

/** A network of this person's own: the server accepts only a few sign-ups per hour from one network. */
export function network({ email }: Person): string {
  const [one, two, three] = createHash('sha256').update(email).digest();
  return `10.${one}.${two}.${three}`;
}

/** Signs up and confirms the address without opening the pages, for tests that are about something else. */
export async function signUp(page: Page, person: Person, language: Language = 'en'): Promise<void> {
  const { name, healthcareId, email, password } = person;
  const fields = [['name', name], ['email', email], ['healthcare_id', healthcareId], ['password', password]] as const;
  await send(page, 'sign-up', fields, { network: network(person), page: '/signup' });
  const link = linkIn(await mailTo(email, WORDS[language].confirmMail), '/account/verify');
  await send(page, 'verify-email', [['token', new URL(link).searchParams.get('token') ?? '']]);
}

/** The same the way people do it: fills in the page, and follows the link in the mail. */
export async function signUpByHand(page: Page, person: Person): Promise<void> {
  await page.goto('/signup');
  await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('Email address').fill(person.email);
  await page.getByLabel('Choose a Healthcare ID').fill(person.healthcareId);
  await page.getByLabel('Choose a password').fill(person.password);
  await page.context().setExtraHTTPHeaders({ 'x-forwarded-for': network(person) });
  await page.getByRole('button', { name: 'Create Healthcare ID' }).click();
  await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible();
  await page.context().setExtraHTTPHeaders({});
  const mail = await mailTo(person.email, 'Confirm your email address');
  await page.goto(linkIn(mail, '/account/verify'));
  await page.getByRole('button', { name: 'Confirm' }).click();
}

/** Opens a portal's page as this person. Someone who has signed in before is still signed in: checking a password takes the server
 * long, and a code works once. */
export async function enter(page: Page, path: string, person: Person): Promise<void> {
  if (person.cookies) await page.context().addCookies(person.cookies);
  await page.goto(path);
  if (!new URL(page.url()).pathname.startsWith('/signin')) return;
  await signIn(page, person);
  await expect(page.locator('form[action$="/sign-out"]')).toBeAttached();
  person.cookies = await page.context().cookies();
}

/** On the page that asks for it. Staff set up two-step sign-in the first time, as the pages lead them to do. */
export async function signIn(page: Page, person: Person, language: Language = 'en'): Promise<void> {
  const words = WORDS[language];
  if (person.staff && !person.app) createAdministrator(person);
  await page.getByLabel(words.login).fill(person.healthcareId);
  await page.getByLabel(words.password, { exact: true }).fill(person.password);
  await page.getByRole('button', { name: words.signIn }).click();
  if (person.app) await enterCode(page, await person.app.next());
  else if (person.staff) person.app = (await setUp(page, unseen)).app;
}
