import { fitsWindow } from '../fixtures/look';
import { expect, test } from '../fixtures/test';

test('the landing page offers the three roles', async ({ page, accessible }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome to FHIR Layer EXchange');
  await expect(page.getByText('Please choose a role to login')).toBeVisible();
  for (const role of ['App Owner', 'Administrative & Support Portal', 'CMS Interoperability Member Portal']) {
    await expect(page.getByRole('main').getByRole('link', { name: role })).toBeVisible();
  }
  await accessible(page);
});

for (const path of ['/terms', '/privacy', '/accessibility', '/what-is-healthcare-id', '/signin', '/signup']) {
  test(`${path} is accessible`, async ({ page, accessible }) => {
    expect((await page.goto(path))?.status()).toBe(200);
    await accessible(page);
  });
}

test('a page that does not exist says so', async ({ page, accessible }) => {
  expect((await page.goto('/no-such-page'))?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await accessible(page);
});

test('no page is wider than a narrow window', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of ['/', '/signin', '/signup', '/terms']) {
    await page.goto(path);
    await fitsWindow(page);
  }
});

test('style and islands are compressed and may be cached forever', async ({ request }) => {
  const html = await (await request.get('/signup')).text();
  const [style] = html.match(/\/pkg\/flex\.[0-9a-f]{16}\.css/) ?? [];
  const response = await request.get(style ?? 'no style', { headers: { 'accept-encoding': 'br, gzip' } });
  expect(response.headers()).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'text/css; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  });
});
