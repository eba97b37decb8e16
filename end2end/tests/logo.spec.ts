// A vendor sends a logo with the registration, a bad one first, and walks the tabs of the app's page.

import { deflateSync, crc32 } from 'node:zlib';
import { atBothWidths } from '../fixtures/look';
import { idaho } from '../fixtures/programs';
import { expect, test } from '../fixtures/test';
import { enterAsVendor } from '../pages/owner';

/** A square of one color: PNG §11. */
function png(side: number, color: readonly [number, number, number]): Buffer {
  const chunk = (kind: string, data: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(kind), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2], 8);
  const line = Buffer.concat([Buffer.from([0]), ...Array.from({ length: side }, () => Buffer.from(color))]);
  const lines = Buffer.concat(Array.from({ length: side }, () => line));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(lines)), chunk('IEND', Buffer.alloc(0))]);
}

const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

test('a logo is sent, refused, sent again, and shown on every tab', async ({ page, vendor, unique, accessible }) => {
  const look = atBothWidths(accessible);
  const name = `Logo ${unique}`;
  await enterAsVendor(page, vendor);
  await page.goto('/owner/applications/new');
  await page.getByLabel('App Name').fill(name);
  for (const label of [/^Patient/, idaho.name]) await page.locator('label').filter({ hasText: label }).first().click({ position: { x: 10, y: 10 } });
  await page.getByLabel('Application Environment').selectOption('Sandbox');
  await page.getByLabel('Redirect URL').fill('https://vendor.example.org/cb');
  await page.getByLabel('App Description').fill('Shows what care has cost.');
  await page.getByLabel('What the app does with the data').fill('Adds up what your care has cost.');
  await page.getByLabel('How long the app keeps the data').fill('Until you close your account.');

  await page.getByLabel(/^Logo/).setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: SVG });
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.locator('#logo_file-error')).toContainText('We do not accept SVG');
  await expect(page.getByLabel('App Description')).toHaveValue('Shows what care has cost.');
  await look(page);

  await page.getByLabel(/^Logo/).setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: png(320, [12, 95, 106]) });
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByLabel('Support contact name')).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByRole('img', { name: `Logo of ${name}` })).toBeVisible();
  await look(page);
  await page.getByRole('button', { name: 'Continue' }).click();

  for (const [field, value] of [['Phone', '2085550123'], ['Email', 'help@vendor.example.org']] as const) await page.getByLabel(field, { exact: true }).fill(value);
  await page.getByLabel('Website').fill('https://vendor.example.org/');
  await page.getByLabel('Support contact name').fill('Sam Support');
  for (const answer of [/^\s*US Number/, /^\s*No\s*$/, /^\s*Confidential client/, 'I agree to the terms and conditions']) {
    await page.locator('label').filter({ hasText: answer }).first().click({ position: { x: 10, y: 10 } });
  }
  await page.getByLabel('What platform is this app registration for').selectOption({ index: 1 });
  await page.getByLabel('Name of Application for this platform').fill(name);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('link', { name: 'OK' }).click();

  for (const tab of ['Overview', 'Credentials', 'Addresses', 'Registration', 'Activity']) {
    const tabs = page.getByRole('navigation', { name: 'Pages of this application' });
    await tabs.getByRole('link', { name: tab }).click();
    await expect(tabs.getByRole('link', { name: tab })).toHaveAttribute('aria-current', 'page');
    await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
    const logo = page.locator('main img.logo').first();
    await expect(logo).toHaveJSProperty('complete', true);
    expect(await logo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(144);
    await look(page);
  }
  await page.goto('/owner/applications');
  await expect(page.getByRole('row', { name }).locator('img.logo')).toBeVisible();
});

test('account pages keep the portal that a person came from', async ({ page, vendor, accessible }) => {
  await enterAsVendor(page, vendor);
  for (const [path, portal] of [['/member', 'Connected apps'], ['/owner', 'Applications']] as const) {
    await page.goto(path);
    await page.locator('.site-header__who').click();
    await expect(page.locator('.site-nav').getByRole('link', { name: portal, exact: true })).toHaveCount(1);
    await page.goto('/account/second-factor');
    await expect(page.locator('.site-nav').getByRole('link', { name: portal, exact: true })).toHaveCount(1);
    await accessible(page);
  }
});
