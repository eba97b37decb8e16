import { expect, type Page } from '@playwright/test';
import type { Look } from '../fixtures/look';
import { signIn, type Person } from './account';

/** Goes to the member portal, which says what it is, and asks how to sign in, because some health plans sign their members in
 * elsewhere. */
export async function enterMemberPortal(page: Page, member: Person, look: Look): Promise<void> {
  await page.goto('/member');
  // The consent may have been given on another host of the deployment, which has its own sessions.
  const start = page.getByRole('main').getByRole('link', { name: 'Sign in', exact: true });
  if (!(await start.isVisible())) return;
  await look(page);
  await start.click();
  const healthcareId = page.getByRole('link', { name: 'Sign in with Healthcare ID' });
  await look(page);
  await healthcareId.click();
  await signIn(page, member);
}

/** Revokes in the member portal, which lists the app and asks once for confirmation. */
export async function revokeAccess(page: Page, member: Person, app: string, look: Look): Promise<void> {
  await enterMemberPortal(page, member, look);
  await expect(page.getByRole('heading', { name: 'Connected apps' })).toBeVisible();
  await look(page);
  const revoke = page.getByRole('link', { name: new RegExp(`^Stop access\\s*:\\s*${app}$`) });
  await revoke.click();
  await look(page);
  await page.getByRole('button', { name: 'Stop access' }).click();
  await expect(revoke).toHaveCount(0);
  await page.goto('/member/past');
  await expect(page.getByText(app).first()).toBeVisible();
  await look(page);
}
