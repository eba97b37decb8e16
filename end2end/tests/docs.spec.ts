// The public documentation as a newcomer uses it, with and without JavaScript.

import { fitsWindow } from '../fixtures/look';
import { expect, test } from '../fixtures/test';

test('from the landing page to a search parameter by search', async ({ page, accessible }) => {
  await page.goto('/');
  await page.getByRole('main').getByRole('link', { name: 'Optum Idaho Interoperability APIs' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview');
  await accessible(page);
  await page.getByRole('searchbox').fill('service-date');
  await page.getByRole('searchbox').press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Search results');
  await accessible(page);
  await page.locator('.docs-results').getByRole('link', { name: 'service-date', exact: true }).click();
  await expect(page).toHaveURL(/\/docs\/idaho\/ExplanationOfBenefit#parameter-service-date$/);
  await expect(page.locator('#parameter-service-date')).toBeInViewport();
  await accessible(page);
});

test('chapters lead on to each other, and show where one is', async ({ page }) => {
  await page.goto('/docs/idaho/overview');
  await page.getByRole('link', { name: /^Next/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Quick start');
  await expect(page.locator('.docs-side [aria-current=page]')).toHaveText('Quick start');
  await page.getByRole('link', { name: /^Previous/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview');
});

test('on a phone the contents open on demand, and nothing is wider than the window', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of ['/docs', '/docs/idaho/Location', '/docs/oph-ca/token', '/docs/idaho/native-apps', '/docs/idaho/quality', '/docs/idaho/search?q=name', '/status']) {
    await page.goto(path);
    await fitsWindow(page);
  }
  await page.goto('/docs/idaho/Location');
  const link = page.getByRole('link', { name: 'Refresh tokens' });
  await expect(link).toBeHidden();
  await page.getByText('Contents', { exact: true }).click();
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Refresh tokens');
});

test('from the status page to how well a program worked', async ({ page, accessible }) => {
  await page.goto('/status');
  await page.getByRole('link', { name: 'How well it worked in the last 30 and 180 days' }).first().click();
  await expect(page).toHaveURL(/\/docs\/[\w-]+\/quality#figures$/);
  const uptime = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Uptime of the sandbox' }) });
  await expect(uptime).toHaveCount(1);
  await accessible(page);
});

test('the calculator computes the challenge of RFC 7636', async ({ page, javaScriptEnabled }) => {
  await page.goto('/docs/idaho/native-apps');
  const requests: string[] = [];
  // The browser fetches the icon of the page when it has time.
  page.on('request', (request) => request.url().endsWith('/favicon.svg') || requests.push(request.url()));
  await page.getByLabel('code_verifier').fill('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk');
  await page.getByRole('button', { name: 'Calculate' }).click();
  await expect(page.locator('output')).toHaveText('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  await page.getByLabel('code_verifier').fill('short');
  await page.getByRole('button', { name: 'Calculate' }).click();
  await expect(page.locator('output')).toContainText('This is not a code verifier.');
  if (javaScriptEnabled !== false) {
    await page.getByRole('button', { name: 'Make a random verifier' }).click();
    await expect(page.locator('output')).toHaveText(/^[\w-]{43}$/);
    expect(requests, 'the verifier stays in the browser').toEqual([]);
  }
});
