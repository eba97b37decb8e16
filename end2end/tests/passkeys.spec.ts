// What people with a passkey see where they cannot use it: the other ways remain.

import { localhostUrl } from '../addresses';
import { fitsWindow, unseen } from '../fixtures/look';
import { expect, test } from '../fixtures/test';
import { VirtualAuthenticator } from '../fixtures/virtual-authenticator';
import { newPerson, signIn, signUp } from '../pages/account';
import { addFirstPasskey, givePassword } from '../pages/passkeys';
import { enterRecoveryCode } from '../pages/second-factor';

test('a recovery code works where a passkey cannot be used', async ({ page, browser, unique, accessible, javaScriptEnabled }) => {
  test.setTimeout(120_000);
  const member = newPerson('Member', unique);
  await signUp(page, member);
  // Adding one needs scripts in any case.
  const scripted = await browser.newContext({ javaScriptEnabled: true });
  const phone = await scripted.newPage();
  await VirtualAuthenticator.of(phone);
  const [first = '', second = ''] = await addFirstPasskey(phone, member, 'My phone', unseen);
  await scripted.close();

  await test.step('at an IP address', async () => {
    await page.goto('/account');
    await signIn(page, member);
    await expect(page.getByText('Passkeys do not work at this address.')).toBeVisible();
    await accessible(page);
    await page.getByLabel('Recovery code').fill(first);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.goto('/account/second-factor');
    await expect(page.getByRole('link', { name: localhostUrl })).toHaveAttribute('href', `${localhostUrl}/account/second-factor`);
    await accessible(page);
    await page.getByRole('link', { name: 'Remove My phone' }).click();
    await accessible(page);
  });
  await test.step('where the passkey is not at hand', async () => {
    await givePassword(page, member);
    // By its element: Playwright finds no text within `noscript`.
    const note = page.locator('noscript p').filter({ visible: true });
    if (javaScriptEnabled === false) await expect(note).toHaveCount(1);
    else await expect(note).toHaveCount(0);
    await accessible(page);
    await enterRecoveryCode(page, second, accessible);
    await expect(page.getByText('8 of 10 left')).toBeVisible();
  });
});

test('no page of passkeys is wider than a narrow window', async ({ browser, page, unique }) => {
  test.setTimeout(120_000);
  const member = newPerson('Member', unique);
  await signUp(page, member);
  const context = await browser.newContext({ javaScriptEnabled: true, viewport: { width: 320, height: 640 } });
  const phone = await context.newPage();
  await VirtualAuthenticator.of(phone);
  const narrow = () => fitsWindow(phone);
  await addFirstPasskey(phone, member, 'A security key with quite a long name, so that it has to wrap', narrow);
  await phone.getByRole('link', { name: 'I have saved my codes' }).click();
  await narrow();
  await phone.getByRole('link', { name: 'Rename' }).click();
  await narrow();
  await phone.goto(`${localhostUrl}/account/second-factor`);
  await phone.getByRole('button', { name: /^Remove/ }).click();
  await narrow();
  await phone.getByRole('button', { name: 'Sign out' }).first().click();
  await givePassword(phone, member);
  await narrow();
  await context.close();
});
