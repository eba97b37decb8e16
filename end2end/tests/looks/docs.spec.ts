// The documentation, the landing page and the status in every language and theme; what they weigh; whether they hold still.

import { expectReadable } from '../../fixtures/axe';
import { expect, test } from '../../fixtures/test';

const PAGES = ['/', '/status', '/docs', '/docs/idaho/overview', '/docs/idaho/ExplanationOfBenefit', '/docs/oph-ca/native-apps'];

for (const locale of ['en-US', 'es-MX']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`in ${locale}, ${colorScheme}`, () => {
      test.use({ locale, colorScheme });

      test('pages are accessible', async ({ page, accessible }) => {
        for (const path of PAGES) {
          await page.goto(path);
          await expect(page.locator('html')).toHaveAttribute('lang', locale.slice(0, 2));
          await accessible(page);
          await expectReadable(page);
        }
      });
    });
  }
}

test('a chapter weighs at most 120 kB when nothing is cached, and has no WASM', async ({ page }) => {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  let bytes = 0;
  const addresses: string[] = [];
  client.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  client.on('Network.requestWillBeSent', ({ request }) => addresses.push(request.url));
  for (const path of ['/docs/idaho/ExplanationOfBenefit', '/docs/idaho/sandbox', '/docs/oph-ca/overview']) {
    await client.send('Network.clearBrowserCache');
    [bytes, addresses.length] = [0, 0];
    await page.goto(path, { waitUntil: 'networkidle' });
    expect(bytes, path).toBeLessThanOrEqual(120_000);
    expect(addresses.filter((address) => address.endsWith('.wasm')), path).toEqual([]);
    expect(addresses.some((address) => /\/pkg\/docs\.[0-9a-f]{16}\.js$/.test(address)), path).toBe(true);
  }
});

test('nothing moves while a page loads', async ({ page }) => {
  await page.addInitScript(() => {
    const moved = { sum: 0 };
    Object.assign(window, { moved });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) moved.sum += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    for (const path of PAGES) {
      await page.goto(path, { waitUntil: 'networkidle' });
      const sum = await page.evaluate(() => (window as unknown as { moved: { sum: number } }).moved.sum);
      expect(sum, `${path} at ${width}`).toBeLessThan(0.05);
    }
  }
});

test('code is copied by one button, and the search answers while one types', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/docs/idaho/Location');
  await page.getByRole('button', { name: 'Copy' }).first().click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('GET [base]/Location/[id]');

  await page.getByRole('searchbox').pressSequentially('patient/cov');
  const hit = page.locator('.docs-hits').getByRole('link', { name: 'patient/Coverage.read' });
  await expect(hit).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(hit).toBeHidden();
  await page.getByRole('searchbox').pressSequentially('erage');
  await hit.click();
  await expect(page).toHaveURL(/\/docs\/idaho\/scopes#scope-patient-coverage-read$/);
});

test('a printed chapter has no navigation, and its links in words', async ({ page }) => {
  await page.goto('/docs/idaho/guides');
  await page.emulateMedia({ media: 'print' });
  for (const hidden of ['.docs-side', '.docs-bar', '.docs-turn', '.docs-here', '.site-footer']) {
    await expect(page.locator(hidden)).toBeHidden();
  }
  const after = await page.locator('.docs-body a[href^=http]').first().evaluate((link) => getComputedStyle(link, '::after').content);
  expect(after).toContain('http');
});
