import { mailTo } from '../fixtures/inbox';
import { california } from '../fixtures/programs';
import { expect, test } from '../fixtures/test';
import { administrator, enter } from '../pages/account';
import { approve } from '../pages/admin';
import { enterAsVendor, registerApp } from '../pages/owner';

test('a production app that asks for members’ data waits for review', async ({ page, vendor, another, unique, accessible }) => {
  const name = `Production ${unique}`;
  await enterAsVendor(page, vendor);
  const redirectUri = 'https://vendor.example.org/callback';
  const registration = { name, program: california, redirectUri, client: 'Confidential client', environment: 'Production' } as const;
  const { clientId } = await registerApp(page, registration, accessible);
  await page.goto('/owner/applications');
  await accessible(page);
  await expect(page.getByRole('row', { name })).toContainText('Under review');

  const visitor = await another();
  const query = { response_type: 'code', client_id: clientId, redirect_uri: redirectUri, scope: 'patient/Patient.read', state: unique };
  const request = `${california.launch}?${new URLSearchParams(query)}`;
  await visitor.goto(request);
  await expect(visitor.getByRole('heading', { name: 'Choose your health plan' })).toHaveCount(0);
  await expect(visitor.getByRole('heading', { level: 1 })).toBeVisible();
  expect(new URL(visitor.url()).origin).toBe(new URL(california.issuer).origin);
  await accessible(visitor);

  const desk = await another();
  await enter(desk, '/admin', administrator);
  await approve(desk, 'application', name, 'Approved for production.', accessible);
  expect((await mailTo(vendor.email, `${name} was approved`)).text).toContain('Approved for production.');

  await visitor.goto(request);
  await expect(visitor.getByRole('heading', { name: 'Choose your health plan' })).toBeVisible();
});
