// Passkeys, with an authenticator that Chromium provides. Browsers do not offer passkeys without scripts.

import type { Page } from '@playwright/test';
import { localhostUrl } from '../../addresses';
import { mailTo } from '../../fixtures/inbox';
import { expect, test } from '../../fixtures/test';
import { VirtualAuthenticator } from '../../fixtures/virtual-authenticator';
import { newPerson, signUp, type Person } from '../../pages/account';
import { addFirstPasskey, givePassword } from '../../pages/passkeys';

test('a member adds a passkey, signs in with it, and gives it up again', async ({ page, unique, accessible }) => {
  test.setTimeout(180_000);
  const member = newPerson('Member', unique);
  await signUp(page, member);
  const authenticator = await VirtualAuthenticator.of(page);
  await addFirstPasskey(page, member, 'My phone', accessible);
  await mailTo(member.email, 'Two-step sign-in is on');
  await page.getByRole('link', { name: 'I have saved my codes' }).click();
  await expect(page.getByRole('row', { name: 'My phone' })).toContainText('Not yet');
  await accessible(page);

  await test.step('signing in', async () => {
    await page.getByRole('button', { name: 'Sign out' }).first().click();
    await givePassword(page, member);
    await accessible(page);
    await authenticator.forge(true);
    await page.getByRole('button', { name: 'Sign in with your passkey' }).click();
    await expect(page.getByText('We could not accept this passkey').first()).toBeVisible();
    await accessible(page);
    await authenticator.forge(false);
    await page.getByRole('button', { name: 'Sign in with your passkey' }).click();
    await expect(page.getByRole('heading', { name: 'Manage your Healthcare ID' })).toBeVisible();
  });
  await test.step('the same device has one passkey of an account', async () => {
    await page.goto(`${localhostUrl}/account/second-factor`);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await accessible(page);
    await page.getByLabel('Name of the passkey').fill('Again');
    await prove(page, member);
    await page.getByRole('button', { name: 'Create the passkey' }).click();
    await expect(page.getByText('This device already has a passkey for your account.')).toBeVisible();
    await page.getByRole('link', { name: 'Cancel' }).click();
  });
  await test.step('another name', async () => {
    await page.getByRole('link', { name: 'Rename My phone' }).click();
    await accessible(page);
    await page.getByLabel('Name of the passkey').fill('Blue key');
    await page.getByRole('button', { name: 'Save the name' }).click();
    await expect(page.getByRole('row', { name: 'Blue key' })).not.toContainText('Not yet');
  });
  await test.step('new recovery codes', async () => {
    await page.getByRole('button', { name: 'Make new recovery codes' }).click();
    await accessible(page);
    await prove(page, member);
    await expect(page.locator('#recovery-codes')).toBeVisible();
  });
  await test.step('removing it', async () => {
    await page.goto(`${localhostUrl}/account/second-factor`);
    await page.getByRole('button', { name: 'Remove Blue key' }).click();
    await expect(page.getByText('is your only second step')).toBeVisible();
    await accessible(page);
    await prove(page, member);
    await expect(page.getByText('Two-step sign-in is off.').first()).toBeVisible();
    await mailTo(member.email, 'Two-step sign-in is off');
  });
});

/** Password and passkey. */
async function prove(page: Page, person: Person): Promise<void> {
  await page.getByLabel('Current password').fill(person.password);
  await page.getByRole('button', { name: 'Confirm with your passkey' }).click();
}
