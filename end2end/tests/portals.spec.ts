// Pages that no journey visits, each with what the demonstration has to show.

import type { Page } from '@playwright/test';
import { fitsWindow, type Look } from '../fixtures/look';
import { expect, test } from '../fixtures/test';
import { administrator, enter } from '../pages/account';
import { enterMemberPortal } from '../pages/member';
import { navigation } from '../pages/navigation';
import { enterAsVendor } from '../pages/owner';

test('every page of the App Owner portal is accessible', async ({ page, vendor, accessible }) => {
  await enterAsVendor(page, vendor);
  await visitAll(page, accessible);
});

test('every page of the Administrative & Support Portal is accessible', async ({ page, accessible }) => {
  await enter(page, '/admin', administrator);
  await visitAll(page, accessible);
});

test('every page of the member portal is accessible', async ({ page, vendor, accessible }) => {
  await enterMemberPortal(page, vendor, accessible);
  await visitAll(page, accessible);
});

test('every page about the account is accessible', async ({ page, vendor, accessible }) => {
  await enter(page, '/account', vendor);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await accessible(page);
  for (const path of ['/account/forgot-password', '/account/forgot-id', '/account/verify?token=none']) {
    await page.goto(path);
    await accessible(page);
  }
});

/** Visits the targets of the navigation, in a wide and in a narrow window. */
async function visitAll(page: Page, accessible: Look): Promise<void> {
  for (const path of await navigation(page)) {
    expect((await page.goto(path))?.status(), path).toBe(200);
    await accessible(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await fitsWindow(page);
    await page.setViewportSize({ width: 1280, height: 800 });
  }
}
