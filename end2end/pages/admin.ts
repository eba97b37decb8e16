import { expect, type Page } from '@playwright/test';
import type { Look } from '../fixtures/look';

const QUEUES = { organization: '/admin/queues/organizations', application: '/admin/queues/applications' };

/** From the queue to the decision, with a comment that the owner reads. */
export async function approve(page: Page, kind: keyof typeof QUEUES, name: string, comment: string, look: Look): Promise<void> {
  await page.goto(QUEUES[kind]);
  await look(page);
  await page.getByRole('table').getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await look(page);
  await page.getByLabel('Comment').first().fill(comment);
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByText('Approved').first()).toBeVisible();
}
