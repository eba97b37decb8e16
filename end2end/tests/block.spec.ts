// Block → the token dies → unblock → the same token lives again.

import { App } from '../fixtures/app';
import { idaho } from '../fixtures/programs';
import { expect, test } from '../fixtures/test';
import { administrator, enter } from '../pages/account';
import { subjectOf } from '../pages/admin';
import { allowAsSomebody } from '../pages/consent';
import { sandboxApp } from '../pages/owner';

test('a block says how much stops, stops it at once, and gives back exactly that', async ({ page, vendor, another, unique, accessible }) => {
  const app = await App.start();
  const name = `Blocked ${unique}`;
  app.credentials = await sandboxApp(page, vendor, { name, program: idaho, redirectUri: app.redirectUri, client: 'Confidential client' });
  const member = await another();
  await allowAsSomebody(member, app.authorizationUrl(idaho.launch, 'patient/Patient.read', true), idaho, unique);
  const { token_endpoint } = await (await fetch(`${idaho.issuer}/.well-known/openid-configuration`)).json();
  const { body: token } = await app.redeem(token_endpoint, true);
  const read = async () => (await app.read(`${idaho.fhir}/Patient/${token.patient}`, token.access_token)).status;
  expect(await read()).toBe(200);

  const desk = await another();
  await enter(desk, '/admin', administrator);
  const subject = await subjectOf(desk, 'application', name);
  await desk.goto(subject);
  await desk.getByRole('link', { name: 'Block', exact: true }).click();
  await expect(desk.locator('#extent')).toHaveText('1 member and 2 tokens stop.');
  await accessible(desk);
  await desk.getByLabel('Reason').fill('We are looking into a report.');
  await desk.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(desk.getByText('Blocked. The tokens stopped working.')).toBeVisible();
  expect(await read()).toBe(401);

  await desk.getByRole('link', { name: 'Unblock' }).click();
  await expect(desk.locator('#extent')).toHaveText('1 member and 2 tokens can work again.');
  await desk.getByLabel('Reason').fill('The report was about another app.');
  await desk.getByRole('button', { name: 'Unblock' }).click();
  await expect(desk.getByText('The block is removed.')).toBeVisible();
  expect(await read()).toBe(200);

  for (const path of ['/admin/staff', '/admin/staff/give', '/admin/members', '/admin/feeds', '/admin/configuration', `${subject}/revoke`]) {
    await desk.goto(path);
    await expect(desk.getByRole('heading', { level: 1 })).toBeVisible();
    await accessible(desk);
  }
  app.stop();
});
