import { expect, type Page } from '@playwright/test';
import { linkOn, send } from '../fixtures/forms';
import type { Look } from '../fixtures/look';

const QUEUES = { organization: '/admin/queues/organizations', application: '/admin/queues/applications' };

/** The page of the subject with this name. */
export async function subjectOf(page: Page, kind: keyof typeof QUEUES, name: string): Promise<string> {
  return linkOn(page, `/admin/search?q=${encodeURIComponent(name)}`, `/admin/${kind}s/`);
}

/** The page of the newest review of the subject with this name. */
async function newestReview(page: Page, kind: keyof typeof QUEUES, name: string): Promise<string> {
  return linkOn(page, await subjectOf(page, kind, name), '/admin/reviews/');
}

/** Opens it. */
export async function openReview(page: Page, kind: keyof typeof QUEUES, name: string): Promise<void> {
  await page.goto(await newestReview(page, kind, name));
}

/** Decides the newest review of the subject with this name, through the form alone; returns the review's page. */
export async function decide(
  page: Page,
  kind: keyof typeof QUEUES,
  name: string,
  decision: 'approve' | 'deny' | 'ask',
  comment: string,
): Promise<string> {
  const review = await newestReview(page, kind, name);
  const criterion = decision === 'deny' ? 'privacy_policy' : '';
  const id = review.slice('/admin/reviews/'.length);
  await send(page, 'decide-review', [['review', id], ['version', '1'], ['decision', decision], ['comment', comment], ['criterion', criterion]]);
  return review;
}

/** On the page of a review: the outcome, before its fields and its button. */
export async function choose(page: Page, outcome: 'Approve' | 'Ask for information' | 'Deny'): Promise<void> {
  await page.locator('.decision label').filter({ hasText: new RegExp(`^${outcome}$`) }).click();
}

/** Goes from the queue to the decision, with a comment that the owner reads. */
export async function approve(page: Page, kind: keyof typeof QUEUES, name: string, comment: string, look: Look): Promise<void> {
  await page.goto(`${QUEUES[kind]}?order=newest`);
  await look(page);
  await page.getByRole('table').getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await look(page);
  await choose(page, 'Approve');
  await page.getByLabel('Comment to the owner').fill(comment);
  await page.getByRole('button', { name: `Approve ${name}` }).click();
  await expect(page.getByText('Approved').first()).toBeVisible();
}
