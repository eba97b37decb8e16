import { expect, test } from '../fixtures/test';
import { administrator, enter } from '../pages/account';
import { enterAsVendor } from '../pages/owner';

test('an administrator announces maintenance and an outage, and the log says so', async ({ page, another, vendor, unique, accessible }) => {
  const title = `Maintenance ${unique}`;
  await enter(page, '/admin/bulletins', administrator);
  await accessible(page);
  await page.getByRole('link', { name: 'Write a bulletin' }).click();
  await accessible(page);
  await page.getByLabel('Program').selectOption({ label: 'All programs' });
  await page.getByText('App owners', { exact: true }).click();
  await page.getByRole('group', { name: 'Kind' }).getByText('Maintenance', { exact: true }).click();
  await page.getByText('Banner above every page', { exact: true }).click();
  await page.getByLabel('Title', { exact: true }).fill(title);
  await page.getByLabel('Text', { exact: true }).fill('On Sunday from 9 to 10.');
  await page.getByRole('button', { name: 'Save and preview' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  await accessible(page);
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await expect(page.getByText('Posted.')).toBeVisible();

  const owner = await another();
  await enterAsVendor(owner, vendor);
  const banners = owner.getByRole('region', { name: 'Announcements' });
  await expect(banners.getByText(title)).toBeVisible();
  await accessible(owner);

  await page.goto('/admin/outages');
  await page.getByRole('link', { name: 'Begin an outage' }).click();
  await accessible(page);
  await page.getByLabel('Program').selectOption({ index: 2 });
  // One that is over: tests that run beside this one see no banner.
  await page.getByLabel('Begins').fill('2026-01-05T10:00');
  await page.getByLabel('Ends').fill('2026-01-05T12:00');
  await page.getByLabel('Reason').fill(`A switch failed ${unique}.`);
  await page.getByRole('button', { name: 'Begin an outage' }).click();
  await expect(page.getByText('The outage is recorded.')).toBeVisible();
  await accessible(page);
  await page.getByLabel('Ends').fill('2026-01-05T11:00');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The outage is corrected')).toBeVisible();

  await page.goto('/admin/bulletins');
  await page.getByRole('link', { name: title }).click();
  await page.getByRole('button', { name: 'End now' }).click();
  await owner.reload();
  await expect(owner.getByText(title)).toHaveCount(0);

  await page.goto('/admin/audit?action=bulletin.');
  await expect(page.getByRole('row', { name: `ended the bulletin ${title}.` })).toBeVisible();
  await accessible(page);
  await page.getByLabel('Kind').selectOption('outage.corrected');
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page.getByText('corrected the times of the outage of').first()).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download as CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/^audit-to-\d+\.csv$/);
});
