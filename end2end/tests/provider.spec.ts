// A payer with its own identity provider: its members sign in there, and pages explain calmly what goes wrong there.

import type { Page } from '@playwright/test';
import { flexUrl, providerUrl } from '../addresses';
import { App } from '../fixtures/app';
import { memberOf } from '../fixtures/member-id';
import { california } from '../fixtures/programs';
import { expect, test } from '../fixtures/test';
import type { Person } from '../pages/account';
import { allow } from '../pages/consent';
import { sandboxApp } from '../pages/owner';
import { choosePlan, refuseAtProvider, signInAtProvider } from '../pages/provider';
import { tamperings } from '../servers/tamper.mjs';

const PAYER = 'University of California';
const SCOPES = 'patient/Patient.read patient/Coverage.read';
const member = memberOf('university-of-california');

/** A vendor's app of the CA sandbox. */
async function register(page: Page, vendor: Person, unique: string): Promise<App> {
  const app = await App.start();
  const registration = { name: `At The Provider ${unique}`, program: california, redirectUri: app.redirectUri } as const;
  app.credentials = await sandboxApp(page, vendor, { ...registration, client: 'Confidential client' });
  return app;
}

test('a member signs in at the provider of the health plan, decides, and takes it back', async ({ page, another, vendor, unique, accessible }) => {
  const app = await register(page, vendor, unique);
  const visitor = await another();
  await visitor.goto(app.authorizationUrl(california.launch, SCOPES, false));
  await choosePlan(visitor, PAYER);
  expect(new URL(visitor.url()).origin).toBe(providerUrl);
  await signInAtProvider(visitor, member.memberId);
  await expect(visitor.getByRole('heading', { name: /asks to see your health data/ })).toBeVisible();
  await expect(visitor.getByText(member.name)).toBeVisible();
  await accessible(visitor);
  await allow(visitor);
  const token = await app.redeem(`${california.issuer}/oauth/token`, false);
  expect(token.status, JSON.stringify(token.body)).toBe(200);
  const patient = await app.read(`${california.fhir}/Patient/${token.body.patient}`, token.body.access_token);
  expect(JSON.stringify(patient.body.identifier)).toContain(member.memberId);

  await visitor.goto('/member');
  await expect(visitor.getByText(`At The Provider ${unique}`).first()).toBeVisible();
  await visitor.goto('/account');
  await accessible(visitor);
  await visitor.getByRole('button', { name: 'Sign out', exact: true }).first().click();
  await expect(visitor.getByRole('heading', { name: 'You are signed out here' })).toBeVisible();
  await accessible(visitor);
  await visitor.getByRole('link', { name: /^Sign out of/ }).click();
  expect(new URL(visitor.url()).origin).toBe(providerUrl);
  app.stop();
});

test('a member signs in to the member portal through the provider', async ({ page, accessible }) => {
  await page.goto('/member/past');
  await accessible(page);
  await page.getByRole('link', { name: /^University of California/ }).click();
  await signInAtProvider(page, member.memberId);
  await expect(page.getByRole('heading', { name: 'Past access' })).toBeVisible();
});

test('someone whom the health plan does not know goes back to the app empty-handed', async ({ page, another, vendor, unique, accessible }) => {
  const app = await register(page, vendor, unique);
  const visitor = await another();
  await visitor.goto(app.authorizationUrl(california.launch, SCOPES, false));
  await choosePlan(visitor, PAYER);
  await signInAtProvider(visitor, `unknown-${unique}`);
  await expect(visitor.getByRole('heading', { name: /We did not find you/ })).toBeVisible();
  await accessible(visitor);
  await visitor.getByRole('button', { name: 'Back to the app' }).click();
  await expect(visitor.getByRole('heading', { name: 'Back in the app' })).toBeVisible();
  expect(app.callbacks.at(-1)?.get('error')).toBe('access_denied');
  app.stop();
});

test('a provider that does not say which member it is gets a calm page and ends nothing', async ({ page, another, vendor, unique, accessible }) => {
  const app = await register(page, vendor, unique);
  const visitor = await another();
  await visitor.goto(app.authorizationUrl(california.launch, SCOPES, false));
  await choosePlan(visitor, PAYER);
  await signInAtProvider(visitor, `unclear-${unique}`);
  await expect(visitor.getByRole('heading', { name: /did not tell us which member you are/ })).toBeVisible();
  await accessible(visitor);
  await visitor.getByRole('button', { name: 'Back to the app' }).click();
  await expect(visitor.getByRole('heading', { name: 'Back in the app' })).toBeVisible();
  expect(app.callbacks.at(-1)?.get('error')).toBe('temporarily_unavailable');
  app.stop();
});

test('a member who refuses at the provider may try again or go back', async ({ page, another, vendor, unique, accessible }) => {
  const app = await register(page, vendor, unique);
  const visitor = await another();
  await visitor.goto(app.authorizationUrl(california.launch, SCOPES, false));
  await choosePlan(visitor, PAYER);
  await refuseAtProvider(visitor);
  await expect(visitor.getByRole('heading', { name: /You did not sign in with/ })).toBeVisible();
  await accessible(visitor);
  await visitor.getByRole('link', { name: 'Try again' }).click();
  expect(new URL(visitor.url()).origin).toBe(providerUrl);
  await refuseAtProvider(visitor);
  await visitor.getByRole('button', { name: 'Back to the app' }).click();
  await expect(visitor.getByRole('heading', { name: 'Back in the app' })).toBeVisible();
  expect(app.callbacks.at(-1)?.get('error')).toBe('access_denied');
  app.stop();
});

test('a page explains calmly that the provider is down, and the app may try again later', async ({ page, another, vendor, unique, accessible }) => {
  const app = await register(page, vendor, unique);
  const visitor = await another();
  await visitor.goto(app.authorizationUrl(california.launch, SCOPES, false));
  await choosePlan(visitor, 'IBEW Local 18');
  await expect(visitor.getByRole('heading', { name: /cannot sign you in right now/ })).toBeVisible();
  await accessible(visitor);
  await visitor.getByRole('button', { name: 'Back to the app' }).click();
  await expect(visitor.getByRole('heading', { name: 'Back in the app' })).toBeVisible();
  expect(app.callbacks.at(-1)?.get('error')).toBe('temporarily_unavailable');
  app.stop();
});

test('an id_token that is wrong in one respect signs no one in', async ({ page, another, vendor, unique, accessible, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, 'the server refuses it, and the tests above visit the page that says so');
  test.setTimeout(180_000);
  const app = await register(page, vendor, unique);
  // The payer's own launch URL leads directly to its provider.
  const launch = `${california.issuer}/university-of-california/oauth/authorize`;
  const enter = async (login: string): Promise<Page> => {
    const visitor = await another();
    await visitor.goto(app.authorizationUrl(launch, SCOPES, false));
    expect(new URL(visitor.url()).origin).toBe(providerUrl);
    await signInAtProvider(visitor, login);
    return visitor;
  };
  for (const [index, tampering] of tamperings.entries()) {
    await test.step(tampering, async () => {
      const visitor = await enter(`${member.memberId}~${tampering}`);
      await expect(visitor.getByRole('heading', { name: `${PAYER} cannot sign you in right now` })).toBeVisible();
      if (index === 0) await accessible(visitor);
      const portal = await visitor.request.get(`${flexUrl}/member/past`, { maxRedirects: 0 });
      expect(portal.headers().location, 'no one is signed in').toMatch(/^\/member\/signin/);
      await visitor.getByRole('button', { name: 'Back to the app' }).click();
      await expect(visitor.getByRole('heading', { name: 'Back in the app' })).toBeVisible();
      const answer = app.callbacks[index];
      expect([answer?.get('error'), answer?.get('code')]).toEqual(['temporarily_unavailable', null]);
      await visitor.context().close();
    });
  }
  // The same steps without tampering: the tampering was what the server refused.
  const visitor = await enter(`${member.memberId}~no tampering`);
  await expect(visitor.getByRole('heading', { name: /asks to see your health data/ })).toBeVisible();
  await expect(visitor.getByText(member.name)).toBeVisible();
  await visitor.goto('/member');
  await expect(visitor.getByRole('heading', { name: 'Connected apps' })).toBeVisible();
  await expect(visitor.getByText(`At The Provider ${unique}`)).toHaveCount(0);
  app.stop();
});
