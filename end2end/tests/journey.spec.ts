// The complete journey: a vendor registers and is approved, a member consents, the app reads, the member revokes.

import type { Page } from '@playwright/test';
import { App, type Answer } from '../fixtures/app';
import { mailTo } from '../fixtures/inbox';
import type { Look } from '../fixtures/look';
import { california, idaho, type Program } from '../fixtures/programs';
import { expect, test } from '../fixtures/test';
import { administrator, enter, newPerson, signIn, signUpByHand, type Person } from '../pages/account';
import { approve } from '../pages/admin';
import { allow, decline, reachConsent } from '../pages/consent';
import { revokeAccess } from '../pages/member';
import { giveContactNumber, registerApp, registerOrganization, type NewApp } from '../pages/owner';

const JOURNEYS = [
  { program: california, client: 'Confidential client', pkce: false },
  { program: idaho, client: 'Public client', pkce: true },
] as const;

for (const { program, client, pkce } of JOURNEYS) {
  test(`from registration to revocation: ${program.name}, ${client.toLowerCase()}`, async ({ page, another, unique, accessible }) => {
    test.setTimeout(300_000);
    const [vendor, member] = [newPerson('Vendor', unique), newPerson('Member', unique)];
    const app = await App.start();
    const registration: NewApp = {
      name: `Care Costs ${unique}`,
      program,
      redirectUri: app.redirectUri,
      client,
      environment: 'Sandbox',
    };

    await test.step('a vendor registers an organization', () => enterAsVendor(page, vendor, unique, accessible));
    await test.step('an administrator approves it', async () => {
      const desk = await another();
      await enter(desk, '/admin', administrator);
      await approve(desk, 'organization', `Costs and Care ${unique}`, COMMENT, accessible);
      expect((await mailTo(vendor.email, `Costs and Care ${unique} was approved`)).text).toContain(COMMENT);
    });
    await test.step('the vendor registers an app', async () => {
      app.credentials = await registerApp(page, registration, accessible);
      expect(app.credentials.clientSecret === undefined).toBe(client === 'Public client');
      await page.getByRole('link', { name: 'OK' }).click();
      await expect(page.getByRole('heading', { level: 1, name: registration.name })).toBeVisible();
      await accessible(page);
      await page.getByRole('link', { name: 'Addresses' }).click();
      await expect(page.getByRole('heading', { name: 'Launch URLs of the payers' })).toBeVisible();
      await accessible(page);
    });

    const visitor = await another();
    await test.step('a member consents to most of what the app asks for', async () => {
      await signUpByHand(visitor, member);
      await visitor.goto(app.authorizationUrl(program.launch, SCOPES.join(' '), pkce));
      await reachConsent(visitor, program, member, accessible);
      await decline(visitor, 'patient/Coverage.read');
      await allow(visitor);
      expect(app.callbacks.at(-1)?.get('state')).toBe(app.state);
      expect(app.callbacks.at(-1)?.get('iss')).toBe(program.issuer);
    });
    const token = await test.step('the app reads what was shared, and nothing else', () => read(app, program, pkce));
    await test.step('the member revokes', async () => {
      await revokeAccess(visitor, member, registration.name, accessible);
      expect((await mailTo(member.email, "An app's access has ended")).text).not.toContain(registration.name);
    });
    await test.step('the app can read nothing more', () => expectRevoked(app, program, token));
    app.stop();
  });
}

const COMMENT = 'Everything we asked for is there; welcome.';
const SCOPES = ['patient/Patient.read', 'patient/Coverage.read', 'patient/ExplanationOfBenefit.read', 'offline_access'];

async function enterAsVendor(page: Page, vendor: Person, unique: string, accessible: Look): Promise<void> {
  await signUpByHand(page, vendor);
  await page.goto('/owner');
  await signIn(page, vendor);
  await accessible(page);
  await giveContactNumber(page);
  await registerOrganization(page, `Costs and Care ${unique}`, accessible);
  await accessible(page);
  await mailTo(vendor.email, `We received the registration of Costs and Care ${unique}`);
}

async function read(app: App, program: Program, pkce: boolean): Promise<Answer['body']> {
  const { status, body } = await app.redeem(await endpoint(program, 'token_endpoint'), pkce);
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body).toMatchObject({ token_type: 'Bearer', patient: expect.any(String), refresh_token: expect.any(String) });
  const patient = await app.read(`${program.fhir}/Patient/${body.patient}`, body.access_token);
  expect(patient).toMatchObject({ status: 200, body: { resourceType: 'Patient', id: body.patient } });
  const claims = await app.read(`${program.fhir}/ExplanationOfBenefit?patient=${body.patient}`, body.access_token);
  expect(claims.body.total ?? claims.body.entry.length).toBeGreaterThan(0);
  const declined = await app.read(`${program.fhir}/Coverage?patient=${body.patient}`, body.access_token);
  expect(declined).toMatchObject({ status: 403, body: { resourceType: 'OperationOutcome' } });
  return body;
}

async function expectRevoked(app: App, program: Program, token: Answer['body']): Promise<void> {
  const again = await app.read(`${program.fhir}/Patient/${token.patient}`, token.access_token);
  expect(again).toMatchObject({ status: 401, body: { resourceType: 'OperationOutcome' } });
  const refreshed = await app.refresh(await endpoint(program, 'token_endpoint'), token.refresh_token);
  expect(refreshed).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
}

/** As an app would find it: through discovery. */
async function endpoint(program: Program, name: string): Promise<string> {
  const response = await fetch(`${program.issuer}/.well-known/openid-configuration`);
  return (await response.json())[name];
}
