// What members can rely on: the newest choice counts, an app gets exactly what the page shows, and every page tells
// the truth.

import { asked, SCOPES } from '../fixtures/client';
import { mailTo } from '../fixtures/inbox';
import { atBothWidths, unseen } from '../fixtures/look';
import { california, idaho } from '../fixtures/programs';
import { expect, test } from '../fixtures/test';
import { newPerson, signIn, signUp } from '../pages/account';
import { allow, boxOf, choosePatient, decline, returnToConsent } from '../pages/consent';
import { enterMemberPortal } from '../pages/member';

for (const program of [california, idaho]) {
  test(`the newest choice counts for every token: ${program.name}`, async ({ page, vendor, another, unique, accessible }) => {
    test.setTimeout(240_000);
    const look = atBothWidths(accessible);
    const { client, member, visitor } = await asked({ page, vendor, another, unique }, program);
    await allow(visitor);
    const first = await client.redeem();
    expect(await client.claims(first)).toBe(200);

    await test.step('narrower, and shorter', async () => {
      await client.ask(visitor);
      await returnToConsent(visitor, program, look);
      await expect(visitor.getByText(/you allowed this app access until/)).toBeVisible();
      await decline(visitor, 'patient/ExplanationOfBenefit.read');
      await visitor.getByLabel('Access until').selectOption('30');
      await allow(visitor);
      const second = await client.redeem();
      expect(second.scope).toBe('patient/Patient.read patient/Coverage.read');
      expect(await client.claims(first), 'the token from before').toBe(403);
      const refreshed = await client.refresh(first.refresh_token);
      expect(refreshed.body.scope).toBe(second.scope);
      expect(refreshed.body.access_grant_expiration).toBe(second.access_grant_expiration);
      expect(await client.claims(refreshed.body)).toBe(403);
      await mailTo(member.email, 'You changed what an app may do');
    });

    await test.step('no to the third changes nothing', async () => {
      await client.ask(visitor);
      await returnToConsent(visitor, program, unseen);
      await expect(visitor.getByLabel('Access until')).toHaveValue('30');
      await visitor.getByRole('button', { name: 'Cancel' }).click();
      await expect(visitor.getByRole('heading', { name: 'Back in the app' })).toBeVisible();
      expect(client.lastError).toBe('access_denied');
      expect((await client.refresh(first.refresh_token)).body.scope).toBe('patient/Patient.read patient/Coverage.read');
    });

    await test.step('the portal says the same', async () => {
      await enterMemberPortal(visitor, member, unseen);
      const card = visitor.getByRole('listitem').filter({ hasText: client.name });
      await expect(card).toHaveCount(1);
      await expect(card).toContainText('Whose data');
      await expect(card).not.toContainText('claims');
      await look(visitor);
      await card.getByRole('link', { name: /Details/ }).click();
      await expect(visitor.getByLabel(/How long should it have access/)).toHaveValue('30');
      await look(visitor);
      await visitor.goto('/member/past');
      await expect(visitor.getByText(client.name)).toHaveCount(0);
    });

    await test.step('wider', async () => {
      await client.ask(visitor);
      await returnToConsent(visitor, program, unseen);
      await expect(boxOf(visitor, 'patient/ExplanationOfBenefit.read')).toContainText('New');
      await allow(visitor);
      expect(await client.claims(await client.redeem())).toBe(200);
      expect((await client.refresh(first.refresh_token)).body.scope, 'its own and the newest').toBe(SCOPES.join(' '));
    });
    client.app.stop();
  });
}

test('an app does not stay connected where that box was unchecked, and leaves by giving its token back', async ({ page, vendor, another, unique }) => {
  test.setTimeout(180_000);
  const { client, visitor } = await asked({ page, vendor, another, unique }, california, ['openid', 'offline_access', ...SCOPES]);
  await expect(visitor.getByText('If you allow it, the app also learns')).toBeVisible();
  await expect(visitor.locator('.usa-checkbox')).toHaveCount(4);
  await decline(visitor, 'offline_access');
  await allow(visitor);
  const once = await client.redeem();
  expect(once.refresh_token).toBeUndefined();
  expect(once.scope).toBe(['openid', ...SCOPES].join(' '));
  expect(await client.claims(once)).toBe(200);

  await client.ask(visitor);
  await returnToConsent(visitor, california, unseen);
  await expect(visitor.getByText('Until then, it stays connected')).toBeVisible();
  await allow(visitor);
  const { refresh_token } = await client.redeem();
  expect(refresh_token).toEqual(expect.any(String));
  const body = new URLSearchParams({ token: refresh_token, client_id: client.app.credentials.clientId });
  expect((await fetch(`${california.issuer}/oauth/revoke`, { method: 'POST', body })).status).toBe(200);
  await visitor.goto('/member/past');
  await expect(visitor.getByRole('row').filter({ hasText: client.name })).toContainText('Ended by the app');
  client.app.stop();
});

test('two tabs, back after Allow, and another person: each page tells the truth', async ({ page, vendor, another, unique, accessible }) => {
  test.setTimeout(240_000);
  const look = atBothWidths(accessible);
  const { client, visitor } = await asked({ page, vendor, another, unique });

  await test.step('Cancel in one tab, Allow in the other', async () => {
    const tab = await visitor.context().newPage();
    await tab.goto(visitor.url());
    await tab.getByRole('button', { name: 'Cancel' }).click();
    await expect(tab.getByRole('heading', { name: 'Back in the app' })).toBeVisible();
    await visitor.getByRole('button', { name: 'Allow' }).click();
    await expect(visitor.getByRole('heading', { name: `You did not allow the request from ${client.name}` })).toBeVisible();
    await expect(visitor.getByText('You did not share anything in response to it.')).toBeVisible();
    await look(visitor);
    await visitor.getByRole('button', { name: `Back to ${client.name}` }).click();
    await expect(visitor.getByRole('heading', { name: 'Back in the app' })).toBeVisible();
    expect(client.lastError).toBe('access_denied');
    await tab.close();
  });

  await test.step('Allow in one tab, Cancel in the other', async () => {
    await client.ask(visitor);
    await returnToConsent(visitor, california, unseen);
    const tab = await visitor.context().newPage();
    await tab.goto(visitor.url());
    await allow(tab);
    const tokens = await client.redeem();
    await visitor.getByRole('button', { name: 'Cancel' }).click();
    await expect(visitor.getByRole('heading', { name: `You allowed the request from ${client.name}` })).toBeVisible();
    await expect(visitor.getByText('Your personal details')).toBeVisible();
    await look(visitor);
    expect(await client.claims(tokens), 'as the page says').toBe(200);
    await visitor.getByRole('button', { name: `Back to ${client.name}` }).click();
    await expect(visitor.getByRole('heading', { name: 'Back in the app' })).toBeVisible();
    await tab.close();
  });

  await test.step('Back after Allow', async () => {
    await client.ask(visitor);
    await returnToConsent(visitor, california, unseen);
    await allow(visitor);
    await visitor.goBack();
    await visitor.reload();
    await expect(visitor.getByRole('heading', { name: `You allowed the request from ${client.name}` })).toBeVisible();
    await visitor.getByRole('link', { name: 'See, change, or end this access' }).click();
    await expect(visitor.getByRole('heading', { name: client.name })).toBeVisible();
    await expect(visitor.getByRole('link', { name: 'Stop access' })).toBeVisible();
  });

  await test.step('another test member was chosen in another tab', async () => {
    await client.ask(visitor);
    await returnToConsent(visitor, california, unseen);
    const tab = await visitor.context().newPage();
    await tab.goto(`${visitor.url()}/member`);
    await tab.getByRole('button', { name: /^Choose/ }).last().click();
    await expect(tab.getByRole('heading', { name: /asks to see/ })).toBeVisible();
    const answers = client.app.callbacks.length;
    await visitor.getByRole('button', { name: 'Allow' }).click();
    await expect(visitor.getByRole('alert')).toContainText('We did not use your answer.');
    await expect(visitor.getByRole('alert')).toContainText('This is now about the data of');
    await look(visitor);
    expect(client.app.callbacks.length).toBe(answers);
    await tab.close();
  });

  await test.step('someone else signed in in another tab', async () => {
    const stranger = newPerson('Stranger', unique);
    const tab = await visitor.context().newPage();
    await tab.goto('/account');
    await tab.getByRole('button', { name: 'Sign out' }).first().click();
    await signUp(tab, stranger);
    await tab.goto('/signin');
    await signIn(tab, stranger);
    const answers = client.app.callbacks.length;
    await visitor.getByRole('button', { name: 'Allow' }).click();
    // They are not a test member yet.
    await choosePatient(visitor, unseen);
    await expect(visitor.getByText(stranger.name)).toBeVisible();
    expect(client.app.callbacks.length, 'nothing was shared').toBe(answers);
    await allow(visitor);
    await tab.close();
  });
  client.app.stop();
});

test('in Spanish too: another language keeps what was chosen', async ({ page, vendor, another, unique, accessible }) => {
  test.setTimeout(180_000);
  const look = atBothWidths(accessible);
  const { client, visitor } = await asked({ page, vendor, another, unique });
  await decline(visitor, 'patient/ExplanationOfBenefit.read');
  await visitor.getByLabel('Access until').selectOption('90');

  await visitor.getByRole('banner').getByRole('button', { name: 'Español' }).click();

  await expect(visitor.getByRole('heading', { name: `${client.name} pide ver sus datos de salud` })).toBeVisible();
  await expect(visitor.getByRole('checkbox', { checked: true })).toHaveCount(2);
  await expect(visitor.getByLabel('Acceso hasta')).toHaveValue('90');
  await look(visitor);
  await visitor.getByRole('button', { name: 'Permitir' }).click();
  await expect(visitor.getByRole('heading', { name: 'Back in the app' })).toBeVisible();
  expect((await client.redeem()).scope).toBe('patient/Patient.read patient/Coverage.read');
  await visitor.goBack();
  await visitor.reload();
  await expect(visitor.getByRole('heading', { name: `Usted permitió el acceso que pidió ${client.name}` })).toBeVisible();
  await visitor.getByRole('link', { name: 'Ver, cambiar o terminar este acceso' }).click();
  await expect(visitor.getByText('Datos de', { exact: true })).toBeVisible();
  await look(visitor);
  client.app.stop();
});
