// Two-step sign-in, from setting it up to turning it off.

import type { Page } from '@playwright/test';
import { mailTo } from '../fixtures/inbox';
import { fitsWindow } from '../fixtures/look';
import { expect, test } from '../fixtures/test';
import { newPerson, signIn, signUp, type Person } from '../pages/account';
import { enterCode, enterRecoveryCode, setUp } from '../pages/second-factor';

test('a member signs in with a code and with a recovery code, and turns it off again', async ({ page, another, unique, accessible }) => {
  test.setTimeout(180_000);
  const member = newPerson('Member', unique);
  await signUp(page, member);
  await page.goto('/account');
  await signIn(page, member);
  await page.getByRole('link', { name: 'Set up two-step sign-in' }).click();
  const { app, recoveryCodes } = await setUp(page, accessible);
  expect(new Set(recoveryCodes).size).toBe(10);
  await mailTo(member.email, 'Two-step sign-in is on');

  const visitor = await another();
  await test.step('by code', async () => {
    await givePassword(visitor, member);
    await accessible(visitor);
    await enterCode(visitor, '000000');
    await expect(visitor.getByText('That code is not valid').first()).toBeVisible();
    await accessible(visitor);
    const code = await app.next();
    await enterCode(visitor, code);
    await expect(visitor.getByRole('heading', { name: 'Manage your Healthcare ID' })).toBeVisible();
    await visitor.getByRole('button', { name: 'Sign out' }).first().click();
    await givePassword(visitor, member);
    await enterCode(visitor, code);
    await expect(visitor.getByText('That code is not valid').first(), 'a code works once').toBeVisible();
  });
  await test.step('with a recovery code', async () => {
    await enterRecoveryCode(visitor, recoveryCodes[0] ?? '', accessible);
    await expect(visitor.getByText('9 of 10 left')).toBeVisible();
    expect((await mailTo(member.email, 'A recovery code was used')).text).toContain('You have 9 codes left.');
  });
  await test.step('new recovery codes', async () => {
    await visitor.goto('/account/second-factor');
    await accessible(visitor);
    await visitor.getByRole('link', { name: 'Make new recovery codes' }).click();
    await accessible(visitor);
    await prove(visitor, member, recoveryCodes[1] ?? '', 'Make new codes');
    await expect(visitor.locator('#recovery-codes')).not.toContainText(recoveryCodes[2] ?? '');
    recoveryCodes.splice(0, 10, ...(await visitor.locator('#recovery-codes').innerText()).trim().split(/\s+/));
  });
  await test.step('off', async () => {
    await visitor.goto('/account/second-factor');
    await visitor.getByRole('link', { name: 'Turn off two-step sign-in' }).click();
    await accessible(visitor);
    await prove(visitor, member, recoveryCodes[0] ?? '', 'Turn off');
    await expect(visitor.getByText('Two-step sign-in is off.').first()).toBeVisible();
    await mailTo(member.email, 'Two-step sign-in is off');
  });
});

test('an administrator sets it up before anything else, and then always enters a code', async ({ page, another, unique }) => {
  const administrator = { ...newPerson('Staff', unique), staff: true };
  await page.goto('/admin/audit');
  await signIn(page, administrator);
  await expect(page.getByRole('heading', { level: 1, name: 'Audit log' })).toBeVisible();
  const again = await another();
  await again.goto('/admin/audit');
  await signIn(again, administrator);
  await expect(again.getByRole('heading', { level: 1, name: 'Audit log' })).toBeVisible();
  // By its action: other tests fill the log's first page in the meantime.
  await again.goto('/admin/audit?action=account.second_factor_added');
  await expect(again.getByRole('table').getByText('account.second_factor_added').first()).toBeVisible();
});

test('no page of it is wider than a narrow window', async ({ page, unique }) => {
  const member = newPerson('Member', unique);
  await signUp(page, member);
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto('/account/second-factor');
  await signIn(page, member);
  const { app } = await setUp(page, fitsWindow);
  for (const path of ['', '/replace', '/remove', '/new-recovery-codes', '/recovery-codes']) {
    await page.goto(`/account/second-factor${path}`);
    await fitsWindow(page);
  }
  await page.getByRole('button', { name: 'Sign out' }).first().click();
  await givePassword(page, member);
  await fitsWindow(page);
  await enterCode(page, await app.next());
  await expect(page.getByRole('heading', { name: 'Manage your Healthcare ID' })).toBeVisible();
});

async function givePassword(page: Page, person: Person): Promise<void> {
  await page.goto('/account');
  await signIn(page, person);
  await expect(page.getByRole('heading', { name: 'Enter your code' })).toBeVisible();
}

async function prove(page: Page, person: Person, code: string, button: string): Promise<void> {
  await page.getByLabel('Current password').fill(person.password);
  await page.getByLabel('Code', { exact: true }).fill(code);
  await page.getByRole('button', { name: button }).click();
}
