// Pages in their states: asked, denied, blocked, late, refused, empty, with long words and with hundreds of rows.

import type { APIRequestContext, Page } from '@playwright/test';
import { flexUrl } from '../addresses';
import { App } from '../fixtures/app';
import { unseen } from '../fixtures/look';
import { idaho } from '../fixtures/programs';
import { looksRight } from '../fixtures/states';
import { expect, test } from '../fixtures/test';
import { administrator, newPerson, signIn, signUp } from '../pages/account';
import { reachConsent } from '../pages/consent';
import { enterAsVendor, giveContactNumber, registerApp } from '../pages/owner';

test.describe.configure({ timeout: 300_000 });

/** Nothing a line could break in. */
const LONG = 'Wwwwwwwww'.repeat(8);

/** Sends a form of ours without its page. */
async function send(request: APIRequestContext, name: string, form: Record<string, string>): Promise<void> {
  const reply = await request.post(`${flexUrl}/api/${name}`, { form, headers: { origin: flexUrl }, maxRedirects: 0 });
  expect(reply.status(), `${name}: ${await reply.text()}`).toBe(303);
}

/** Registers an app by its forms alone. */
async function quickApp(page: Page, name: string, environment: 'sandbox' | 'production'): Promise<void> {
  await send(page.request, 'app-details', {
    name,
    'access[]': 'patient',
    'programs[]': 'idaho',
    environment,
    redirect_uri: `https://vendor.example.org/${'a'.repeat(150)}`,
    description: `${'x'.repeat(300)} <b>`,
  });
  await send(page.request, 'register-app', {
    support_phone_kind: 'us',
    support_phone: '2085550123',
    support_email: `${'a'.repeat(60)}@vendor.example.org`,
    support_website: `https://vendor.example.org/${'b'.repeat(200)}`,
    support_name: LONG.slice(0, 60),
    platform_id_known: 'no',
    platform: 'web',
    platform_name: name,
    client_kind: 'confidential',
    terms: 'on',
  });
}

test('pages for everybody', async ({ page, accessible }) => {
  for (const path of [
    '/',
    '/signin',
    '/signup',
    '/terms',
    '/privacy',
    '/what-is-healthcare-id',
    '/account/forgot-id',
    '/account/forgot-password',
    '/account/check-mail',
    '/account/verify?token=gone',
    '/account/reset-password?token=gone',
    '/member/signin',
    '/no-such-page',
    '/consent/late',
  ]) {
    await page.goto(path);
    await expect(page.locator('meta[name=description]')).toHaveAttribute('content', /.{20,160}/);
    await looksRight(page, accessible);
  }
});

test('forms that were refused', async ({ page, accessible }) => {
  for (const [path, button] of [
    ['/signup', 'Create Healthcare ID'],
    ['/signin', 'Sign in'],
  ] as const) {
    await page.goto(path);
    await page.getByRole('main').getByRole('textbox').first().fill(LONG);
    await page.getByRole('button', { name: button }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await looksRight(page, accessible);
  }
});

test('the App Owner portal before there is anything', async ({ another, unique, accessible }) => {
  const fresh = await another();
  const newcomer = newPerson('Fresh', unique);
  await signUp(fresh, newcomer);
  await fresh.goto('/owner');
  await signIn(fresh, newcomer);
  await looksRight(fresh, accessible);
  await giveContactNumber(fresh);
  for (const path of ['/owner', '/owner/organization/register']) {
    await fresh.goto(path);
    await looksRight(fresh, accessible);
  }
  await fresh.getByRole('button', { name: 'Continue' }).click();
  await expect(fresh.getByRole('alert')).toBeVisible();
  await looksRight(fresh, accessible);
});

test('the App Owner portal with long words', async ({ page, vendor, unique, accessible }) => {
  await enterAsVendor(page, vendor);
  const name = `${LONG}${unique}`;
  await quickApp(page, name, 'production');
  for (const path of ['/owner', '/owner/applications', '/owner/documentation/idaho', '/owner/applications/none', '/admin', '/account']) {
    await page.goto(path);
    await looksRight(page, accessible);
  }
  await page.goto('/owner/applications');
  await page.getByRole('link', { name }).click();
  const app = page.url();
  for (const step of ['', '/edit', '/keys', '/secret']) {
    await page.goto(`${app}${step}`);
    await looksRight(page, accessible);
  }
});

test('the Administrative & Support Portal with long words', async ({ page, vendor, another, unique, accessible }) => {
  await enterAsVendor(page, vendor);
  const name = `${LONG.slice(0, 70)}${unique}`;
  await quickApp(page, name, 'production');
  const desk = await another();
  await desk.goto('/admin');
  await signIn(desk, administrator);
  for (const path of ['/admin', '/admin/queues/applications', '/admin/queues/applications?show=nonsense', '/admin/audit', '/admin/reviews/none']) {
    await desk.goto(path);
    await looksRight(desk, accessible);
  }
  await desk.goto(`/admin/search?q=${name}`);
  await looksRight(desk, accessible);
  await desk.getByRole('table').getByRole('link', { name }).first().click();
  await looksRight(desk, accessible);
});

test('an app’s request: asked, refused, late', async ({ page, vendor, another, unique, accessible }) => {
  const app = await App.start();
  await enterAsVendor(page, vendor);
  const registration = { name: `${LONG.slice(0, 50)} ${unique}`, program: idaho, redirectUri: app.redirectUri } as const;
  app.credentials = await registerApp(page, { ...registration, client: 'Public client', environment: 'Sandbox' }, unseen);

  const visitor = await another();
  const member = newPerson('State', unique);
  await signUp(visitor, member);
  await visitor.goto(app.authorizationUrl(idaho.launch, 'openid fhirUser offline_access patient/Patient.read patient/Coverage.read', true));
  await reachConsent(visitor, idaho, member, (page) => looksRight(page, accessible));
  await visitor.goto(`${idaho.launch}?client_id=${app.credentials.clientId}`);
  await looksRight(visitor, accessible);
  app.stop();
});

test('hundreds of rows have pages, and the right count', async ({ page, vendor, unique, accessible }) => {
  await enterAsVendor(page, vendor);
  for (let number = 0; number < 120; number += 1) await quickApp(page, `Row ${number} ${unique}`, 'sandbox');
  await page.goto('/owner/applications');
  await expect(page.getByText(/^1–50 of 1\d\d$/)).toBeVisible();
  await looksRight(page, accessible);
  await page.getByRole('link', { name: 'Next' }).click();
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(page.getByText(/^101–1\d\d of 1\d\d$/)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Next' })).toHaveCount(0);
});

test('no page jumps when its font arrives', async ({ page, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, 'only scripts can observe it');
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  // As over a slow line.
  await page.route(/\.woff2$/, async (route) => {
    const reply = await route.fetch();
    await new Promise((later) => setTimeout(later, 300));
    await route.fulfill({ response: reply });
  });
  for (const path of ['/', '/signup', '/terms']) {
    await page.goto(path);
    await page.evaluate(() => document.fonts.ready);
    const moved = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts.reduce((sum, shift) => sum + shift, 0));
    expect(moved, path).toBeLessThan(0.05);
  }
});
