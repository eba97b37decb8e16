import { expect, type Page } from '@playwright/test';
import type { Look } from '../fixtures/look';
import type { Credentials } from '../fixtures/app';
import type { Program } from '../fixtures/programs';
import { changed, send, type Fields } from '../fixtures/forms';
import { enter, type Person } from './account';

/** What the App Owner portal asks for once, before anything else. */
export async function giveContactNumber(page: Page): Promise<void> {
  await page.getByLabel('Enter Your Contact Number').fill('(208) 555-0123');
  await page.getByRole('button', { name: 'Proceed' }).click();
}

/** The same, and the organization's registration, through the forms alone. */
export async function sendOrganization(page: Page, name: string): Promise<void> {
  await send(page, 'save-profile', [['contact_number', '(208) 555-0123']]);
  await send(page, 'organization-demographics', [
    ['name', name],
    ['mailing_country', 'US'],
    ['mailing_line1', '800 W Main Street'],
    ['mailing_city', 'Boise'],
    ['mailing_region', 'ID'],
    ['mailing_postal_code', '83702'],
    ['tin_kind', 'us'],
    ['tin', '82-1234567'],
    ['physical_same', 'on'],
  ]);
  const practices = ['collection', 'consent', 'disclosure', 'member_access', 'safeguards', 'retention'];
  await send(page, 'organization-attestation', [
    ['officers_sanctioned', 'no'],
    ['privacy_url', 'https://vendor.example.org/privacy'],
    ...practices.map((practice) => [practice, 'yes'] as const),
  ]);
  await send(page, 'submit-organization', [['terms', 'on']]);
}

/** All three steps of the organization registration. */
export async function registerOrganization(page: Page, name: string, look: Look): Promise<void> {
  await page.goto('/owner/organization/register');
  await look(page);
  await page.getByLabel('List the name of your company').fill(name);
  const mailing = page.getByRole('group', { name: /primary Mailing address/ });
  await mailing.getByLabel('Country').selectOption('US');
  await mailing.getByLabel('Street address', { exact: true }).fill('800 W Main Street');
  await mailing.getByLabel('City').fill('Boise');
  await mailing.getByLabel('State, province, or region').fill('ID');
  await mailing.getByLabel('ZIP or postal code').fill('83702');
  await choose(page, /Federal Tax ID Number/, 'US Number');
  await page.getByLabel('Number', { exact: true }).fill('82-1234567');
  await check(page, 'Same as the mailing address');
  await page.getByRole('button', { name: 'Continue' }).click();
  await attest(page, look);
  await expect(page.getByText('800 W Main Street').first()).toBeVisible();
  await look(page);
  await check(page, 'I agree to the terms and conditions');
  await page.getByRole('button', { name: 'Submit' }).click();
  await expect(page.getByText('Pending review').first()).toBeVisible();
}

async function attest(page: Page, look: Look): Promise<void> {
  await expect(page.getByLabel('Privacy Policy URL')).toBeVisible();
  await look(page);
  const questions = page.getByRole('group').filter({ has: page.getByRole('radio', { name: 'Yes' }) });
  // Some groups contain groups: take only those that hold one question.
  for (const question of await questions.all()) {
    if ((await question.getByRole('radio').count()) !== 2) continue;
    const sanctioned = /felon|sanction/i.test(await question.innerText());
    await question.getByText(sanctioned ? 'No' : 'Yes', { exact: true }).click();
  }
  await page.getByLabel('Privacy Policy URL').fill('https://vendor.example.org/privacy');
  await page.getByRole('button', { name: 'Continue' }).click();
}

export interface NewApp {
  name: string;
  program: Program;
  redirectUri: string;
  client: 'Confidential client' | 'Public client';
  /** Access to members' data only, unless set. */
  access?: readonly ('Patient' | 'Public')[];
  environment: 'Sandbox' | 'Production';
}

/** Both steps of Register New App; the page shows the credentials once. */
export async function registerApp(page: Page, app: NewApp, look: Look): Promise<Credentials> {
  await page.goto('/owner/applications/new');
  await look(page);
  await page.getByLabel('App Name').fill(app.name);
  for (const access of app.access ?? ['Patient']) await choose(page, 'Application Access Type', new RegExp(`^${access}`));
  await choose(page, 'Programs', app.program.name);
  await page.getByLabel('Application Environment').selectOption(app.environment);
  await page.getByLabel('Redirect URL').fill(app.redirectUri);
  await page.getByLabel('App Description').fill('Shows members what their care has cost, month by month.');
  // Asked where members' data is.
  if ((app.access ?? ['Patient']).includes('Patient')) {
    await page.getByLabel('What the app does with the data').fill('Adds up what your care has cost, month by month.');
    await page.getByLabel('How long the app keeps the data').fill('We keep your data until you close your account.');
  }
  await page.getByRole('button', { name: 'Continue' }).click();
  await registration(page, app, look);
  await expect(page.getByText('Client ID:')).toBeVisible();
  await look(page);
  return credentials(page, app);
}

/** A vendor's new app in a program's sandbox, for tests that are about something else; its credentials are on the page. */
export async function sandboxApp(page: Page, vendor: Person, app: Omit<NewApp, 'environment'>): Promise<Credentials> {
  await enterAsVendor(page, vendor);
  return sendApp(page, { ...app, environment: 'Sandbox' });
}

/** Registers an app through its two forms alone; `others` replaces fields of both. */
export async function sendApp(page: Page, app: NewApp, others: { details?: Fields; registration?: Fields } = {}): Promise<Credentials> {
  const details: Fields = [
    ['name', app.name],
    ...(app.access ?? ['Patient']).map((access) => ['access[]', access.toLowerCase()] as const),
    ['programs[]', app.program.id],
    ['environment', app.environment.toLowerCase()],
    ['redirect_uri', app.redirectUri],
    ['description', 'Shows members what their care has cost, month by month.'],
    ['purpose', 'Adds up what your care has cost, month by month.'],
    ['retention', 'We keep your data until you close your account. We delete it within 30 days after that.'],
  ];
  const registration: Fields = [
    ['support_phone_kind', 'us'],
    ['support_phone', '2085550123'],
    ['support_email', 'support@vendor.example.org'],
    ['support_website', 'https://vendor.example.org/'],
    ['support_name', 'Sam Support'],
    ['platform_id_known', 'no'],
    ['platform', 'web'],
    ['platform_name', app.name],
    ['client_kind', app.client === 'Public client' ? 'public' : 'confidential'],
    ['terms', 'on'],
  ];
  await send(page, 'app-details', changed(details, others.details ?? []));
  await page.goto(await send(page, 'register-app', changed(registration, others.registration ?? [])));
  return credentials(page, app);
}

async function credentials(page: Page, app: NewApp): Promise<Credentials> {
  const clientId = await page.locator('#client-id').innerText();
  if (app.client === 'Public client') return { clientId };
  return { clientId, clientSecret: await page.locator('#client-secret').innerText() };
}

async function registration(page: Page, app: NewApp, look: Look): Promise<void> {
  await expect(page.getByLabel('Support contact name')).toBeVisible();
  await look(page);
  await choose(page, 'Phone number type', 'US Number');
  await page.getByLabel('Phone', { exact: true }).fill('2085550123');
  await page.getByLabel('Email', { exact: true }).fill('support@vendor.example.org');
  await page.getByLabel('Website').fill('https://vendor.example.org/');
  await page.getByLabel('Support contact name').fill('Sam Support');
  await choose(page, /Do you have an ID for your application/, 'No');
  await page.getByLabel('What platform is this app registration for').selectOption({ index: 1 });
  await page.getByLabel('Name of Application for this platform').fill(app.name);
  await choose(page, 'Client type', new RegExp(`^${app.client}`));
  await check(page, 'I agree to the terms and conditions');
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Registers public keys, from the page that shows a new app's credentials. */
export async function registerKeys(page: Page, jwks: string, look: Look): Promise<void> {
  await page.getByRole('link', { name: 'OK' }).click();
  await look(page);
  await page.getByRole('link', { name: 'Credentials' }).click();
  await look(page);
  await page.getByRole('link', { name: 'Register keys' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Public keys' })).toBeVisible();
  await look(page);
  await choose(page, 'Where are your public keys?', /^Here/);
  await page.locator('#jwks').fill(jwks);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The public keys are registered.')).toBeVisible();
  await look(page);
}

/** Chooses one answer of a question. The visible part of a radio button or checkbox is its label. */
async function choose(page: Page, question: string | RegExp, answer: string | RegExp): Promise<void> {
  const group = page.getByRole('group', { name: question }).last();
  const label = group.locator('label').filter({ hasText: answer }).first();
  await label.click({ position: { x: 10, y: 10 } });
}

async function check(page: Page, label: string): Promise<void> {
  await page.locator('label').filter({ hasText: label }).first().click({ position: { x: 10, y: 10 } });
}

/** Opens the portal, signed in. */
export async function enterAsVendor(page: Page, vendor: Person): Promise<void> {
  await enter(page, '/owner', vendor);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}
