// The convenience that scripts add. Other tests cover what works without them.

import { App } from '../../fixtures/app';
import { unseen } from '../../fixtures/look';
import { idaho } from '../../fixtures/programs';
import { expect, test } from '../../fixtures/test';
import { newPerson, signUp } from '../../pages/account';
import { decline, reachConsent } from '../../pages/consent';
import { sandboxApp } from '../../pages/owner';

test('an input shows its error when it loses focus, and hides it once corrected', async ({ page, accessible }) => {
  await page.goto('/signup');
  await expect(page.locator('#healthcare_id-live[data-ready]')).toBeAttached();
  const id = page.getByLabel('Choose a Healthcare ID');
  await id.fill('a b');
  await id.blur();
  await expect(page.locator('#healthcare_id-live')).not.toBeEmpty();
  await expect(id).toHaveAttribute('aria-invalid', 'true');
  await accessible(page);
  await id.fill('vera-lindqvist');
  await expect(page.locator('#healthcare_id-live')).toBeEmpty();
  await expect(id).not.toHaveAttribute('aria-invalid');
});

test('the consent page counts what would be shared', async ({ page, vendor, another, unique }) => {
  const app = await App.start();
  const member = newPerson('Member', unique);
  const registration = { name: `Count ${unique}`, program: idaho, redirectUri: app.redirectUri } as const;
  app.credentials = await sandboxApp(page, vendor, { ...registration, client: 'Public client' });

  const visitor = await another();
  await signUp(visitor, member);
  await visitor.goto(app.authorizationUrl(idaho.launch, 'patient/Patient.read patient/Coverage.read', true));
  await reachConsent(visitor, idaho, member, unseen);
  await expect(visitor.getByText('You share 2 of 2 kinds of information.')).toBeVisible();
  await decline(visitor, 'patient/Coverage.read');
  await expect(visitor.getByText('You share 1 of 2 kinds of information.')).toBeVisible();
  app.stop();
});
