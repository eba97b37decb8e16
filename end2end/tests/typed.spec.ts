// What people type comes back as they typed it, whatever it might mean to a browser.

import type { Page } from '@playwright/test';
import { california } from '../fixtures/programs';
import { expect, test } from '../fixtures/test';
import { enterAsVendor, sendApp } from '../pages/owner';

const HOSTILE = '</textarea><img src=x onerror="document.title=1">\n"quoted" & &amp; &lt;b&gt; <!-- \' `\n\n  two\tcolumns שלום <br>';

async function save(page: Page): Promise<void> {
  const terms = page.getByLabel('I agree to the terms and conditions');
  if (!(await terms.isChecked())) await page.locator('label[for=terms]').click({ position: { x: 10, y: 10 } });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL(/done=saved/);
}

test('a description with markup is shown as text, and saving it unchanged leaves it as it is', async ({ page, vendor, unique }) => {
  await enterAsVendor(page, vendor);
  const name = `Typed ${unique}`;
  await sendApp(page, { name, program: california, redirectUri: 'https://vendor.example.org/cb', client: 'Public client', environment: 'Sandbox' });
  await page.goto('/owner/applications');
  await page.getByRole('link', { name }).click();
  const app = page.url();
  await page.goto(`${app}/edit`);
  await page.getByLabel('App Description').fill(HOSTILE);
  await save(page);
  await page.goto(`${app}/edit`);
  await expect(page.getByLabel('App Description')).toHaveValue(HOSTILE);
  await expect(page.locator('main img')).toHaveCount(0);

  // Refused because of another field, and sent again.
  await page.getByLabel('App Name').fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('App Description')).toHaveValue(HOSTILE);
  await page.getByLabel('App Name').fill(name);
  await save(page);
  await page.goto(`${app}/edit`);
  await save(page);
  await page.goto(`${app}/edit`);
  await expect(page.getByLabel('App Description')).toHaveValue(HOSTILE);
  await page.goto(`${app}/registration`);
  await expect(page.getByText('</textarea><img src=x')).toBeVisible();
  await expect(page.locator('main img')).toHaveCount(0);
});

test('a refused text keeps the empty lines at its beginning', async ({ page, vendor }) => {
  await enterAsVendor(page, vendor);
  await page.goto('/owner/applications/new');
  await page.getByLabel('App Description').fill('\n\nfirst');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('App Description')).toHaveValue('\n\nfirst');
  await page.reload();
  await expect(page.getByLabel('App Description')).toHaveValue('\n\nfirst');
});

test('two tabs do not share what was typed, and a reload keeps it', async ({ page }) => {
  const other = await page.context().newPage();
  for (const [tab, email] of [[page, 'one'], [other, 'two']] as const) {
    await tab.goto('/signup');
    await tab.getByLabel('Email address').fill(email);
    await tab.getByRole('button', { name: 'Create Healthcare ID' }).click();
    await expect(tab.getByRole('alert')).toBeVisible();
  }
  for (const [tab, email] of [[page, 'one'], [other, 'two']] as const) {
    await tab.reload();
    await expect(tab.getByLabel('Email address')).toHaveValue(email);
    await expect(tab.getByRole('alert')).toBeVisible();
  }
  await other.goto('/signup');
  await expect(other.getByLabel('Email address')).toHaveValue('');
});
