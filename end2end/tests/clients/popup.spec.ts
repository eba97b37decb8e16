// An app that signs its member in through a popup window.

import { california } from '../../fixtures/programs';
import { PageApp } from '../../fixtures/page-app';
import { expect, test } from '../../fixtures/test';
import { newPerson, signIn, signUp } from '../../pages/account';
import { sandboxApp } from '../../pages/owner';

test('fhirclient completes in a popup window, from sign-in to consent', async ({ page, vendor, another, unique }) => {
  const app = new PageApp();
  await app.start();
  const registration = { name: `Popup ${unique}`, program: california, redirectUri: `${app.origin}/` } as const;
  const { clientId } = await sandboxApp(page, vendor, { ...registration, client: 'Public client' });
  const scope = 'launch/patient offline_access patient/Patient.read patient/ExplanationOfBenefit.read';
  app.settings = { iss: california.fhir, clientId, scope, target: 'popup', completeInTarget: false };

  const visitor = await another();
  const member = newPerson('Popup', unique);
  await signUp(visitor, member);
  await visitor.goto(`${app.origin}/`);
  const opened = visitor.waitForEvent('popup');
  await visitor.getByRole('button', { name: 'Connect' }).click();
  const popup = await opened;
  // First a mistake: a refused form keeps its opener, too.
  await popup.locator('label').filter({ hasText: california.payer }).click();
  await popup.getByRole('button', { name: 'Continue' }).click();
  await signIn(popup, { ...member, password: 'another lamp' });
  await expect(popup.getByRole('alert')).toBeVisible();
  await signIn(popup, member);
  const claims = popup.getByRole('cell', { name: /^([4-9]|\d\d+)$/ });
  await popup.getByRole('row').filter({ has: claims }).first().getByRole('button', { name: 'Choose' }).click();
  const closed = popup.waitForEvent('close');
  await popup.getByRole('button', { name: 'Allow' }).click();
  await closed;

  await expect(visitor.getByRole('heading', { name: 'Back in the app' })).toBeVisible();
  const { token: _, ...found } = JSON.parse(await visitor.locator('pre').innerText());
  expect(found).toEqual({ patient: expect.any(String), claims: expect.any(Number), refreshed: true, refused: 403 });
  app.stop();
});

test('pages outside an app’s request are isolated from their opener', async ({ request }) => {
  for (const [path, policy] of [
    ['/', 'same-origin'],
    ['/signin?next=%2Fowner', 'same-origin'],
    ['/terms', 'same-origin'],
    ['/signin?next=%2Fconsent%2Fx', 'unsafe-none'],
    ['/consent/x', 'unsafe-none'],
  ]) {
    const reply = await request.get(path as string);
    expect(reply.headers()['cross-origin-opener-policy'], path).toBe(policy);
  }
});
