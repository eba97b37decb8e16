import { test } from '../fixtures/test';
import { administrator, enter } from '../pages/account';

test('shots', async ({ page, another }) => {
  test.setTimeout(240_000);
  await enter(page, '/admin/bulletins/new', administrator);
  await page.getByLabel('Program').selectOption({ index: 1 });
  for (const name of ['App owners', 'Members', 'Our staff', 'The public']) await page.getByLabel(name).check();
  await page.getByLabel('Maintenance').check();
  await page.getByLabel('Banner above every page').check();
  await page.getByLabel('Title', { exact: true }).fill('Maintenance on Sunday');
  await page.getByLabel('Text', { exact: true }).fill('On Sunday from 9 to 10 AM Central, some pages may be slow.');
  await page.getByLabel('Title in Spanish').fill('Mantenimiento el domingo');
  await page.getByLabel('Text in Spanish').fill('El domingo de 9 a 10.');
  await page.screenshot({ path: '/tmp/audit/shots/new.png', fullPage: true });
  await page.getByRole('button', { name: 'Save and preview' }).click();
  await page.screenshot({ path: '/tmp/audit/shots/preview.png', fullPage: true });
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await page.goto('/admin/outages/new');
  await page.getByLabel('Program').selectOption({ index: 2 });
  await page.getByLabel('Reason').fill('A switch failed.');
  await page.screenshot({ path: '/tmp/audit/shots/outage-new.png', fullPage: true });
  await page.getByRole('button', { name: 'Begin an outage' }).click();
  await page.goto('/admin/search?q=ada');
  const paths: [string, string][] = [['audit', '/admin/audit'], ['bulletins', '/admin/bulletins'], ['outages', '/admin/outages'], ['status', '/status'], ['landing', '/']];
  for (const [name, path] of paths) {
    for (const width of [1280, 390]) {
      for (const theme of ['light', 'dark'] as const) {
        if (theme === 'dark' && width === 390) continue;
        await page.emulateMedia({ colorScheme: theme });
        await page.setViewportSize({ width, height: 900 });
        await page.goto(path);
        await page.screenshot({ path: `/tmp/audit/shots/${name}-${width}-${theme}.png` });
      }
    }
  }
  const es = await another('es');
  await es.goto('/status');
  await es.screenshot({ path: '/tmp/audit/shots/status-es.png' });
});
