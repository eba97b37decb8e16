// A vendor and the reviewers of a payer: a question and its answer, an appeal, a change of what is live, a ticket.

import type { Page } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { mailTo } from '../fixtures/inbox';
import type { Look } from '../fixtures/look';
import { california } from '../fixtures/programs';
import { expect, test } from '../fixtures/test';
import { approvedVendor } from '../fixtures/vendor';
import { administrator, enter, newPerson, type Person } from '../pages/account';
import { choose, decide, openReview } from '../pages/admin';
import { enterAsVendor, sendApp, type NewApp } from '../pages/owner';

/** Works beside the administrator; one per worker, for the same reason. */
const colleague: Person = { ...newPerson('Colleague', randomBytes(4).toString('hex')), name: 'Ravi Chandra', staff: true };
const POLICY = { name: 'policy.txt', mimeType: 'text/plain', buffer: Buffer.from('Section 4 names who gets the data.') };

/** A production app that waits for its review. */
async function waitingApp(page: Page, unique: string): Promise<string> {
  const name = `Asked ${unique}`;
  const app: NewApp = { name, program: california, redirectUri: 'https://vendor.example.org/cb', client: 'Public client', environment: 'Production' };
  await sendApp(page, app);
  return name;
}

/** The vendor's page of the app. */
async function openApp(page: Page, name: string): Promise<void> {
  await page.goto('/owner/applications');
  await page.getByRole('link', { name, exact: true }).click();
}

test('a question is answered beside it, and the review goes on to the approval', async ({ page, vendor, another, unique, accessible }) => {
  await enterAsVendor(page, vendor);
  const name = await waitingApp(page, unique);
  const desk = await another();
  await enter(desk, '/admin', administrator);
  await openReview(desk, 'application', name);
  await choose(desk, 'Ask for information');
  await accessible(desk);
  await desk.getByRole('button', { name: `Ask about ${name}` }).click();
  await expect(desk.getByRole('alert')).toContainText('Enter a comment');
  await accessible(desk);
  await desk.getByLabel('Comment to the owner').fill('Who gets the data?');
  await desk.getByRole('button', { name: `Ask about ${name}` }).click();
  expect((await mailTo(vendor.email, `We need more information about ${name}`)).text).toContain('Who gets the data?');

  // First on the dashboard, with its due time; the answer is beside the question.
  await page.goto('/owner');
  await expect(page.getByRole('main').getByRole('link', { name: new RegExp(name) }).first()).toBeVisible();
  await accessible(page);
  await openApp(page, name);
  await expect(page.getByText('Please answer by')).toBeVisible();
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await accessible(page);
  await page.getByLabel('Your answer').fill('No one but the member.');
  await page.getByLabel('Attachments').setInputFiles(POLICY);
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await expect(page.getByText('We answer by').first()).toBeVisible();
  await expect(page.getByRole('link', { name: /^policy\.txt/ })).toBeVisible();
  await accessible(page);

  // The answer has opened the next round.
  await openReview(desk, 'application', name);
  await expect(desk.getByText('No one but the member.')).toBeVisible();
  await choose(desk, 'Approve');
  await desk.getByRole('button', { name: `Approve ${name}` }).click();
  await expect(desk.getByText('Approved').first()).toBeVisible();
  await accessible(desk);
  await page.reload();
  await expect(page.getByText('We answer by')).toHaveCount(0);
});

test('a denial is appealed, another reviewer approves, and the version that was denied stays', async ({ page, vendor, another, unique, accessible }) => {
  await enterAsVendor(page, vendor);
  const name = await waitingApp(page, unique);
  const desk = await another();
  await enter(desk, '/admin', administrator);
  const denied = await decide(desk, 'application', name, 'deny', 'The policy does not say who gets the data.');

  await openApp(page, name);
  await page.getByRole('link', { name: 'Appeal' }).click();
  await accessible(page);
  await page.getByLabel('Why the decision is wrong').fill('Section 4 says it.');
  await page.getByLabel('Attachments').setInputFiles(POLICY);
  await page.getByRole('button', { name: 'Send the appeal' }).click();
  await expect(page.getByText('Your appeal is under review')).toBeVisible();
  await accessible(page);

  // Not by who denied.
  await openReview(desk, 'application', name);
  await choose(desk, 'Approve');
  await desk.getByRole('button', { name: `Approve ${name}` }).click();
  await expect(desk.getByText('You made the decision that this appeal is about')).toBeVisible();

  const other = await another();
  await enter(other, '/admin/queues/appeals', colleague);
  await accessible(other);
  await other.getByRole('table').getByRole('link', { name }).click();
  await expect(other.getByText('Another reviewer denied this version')).toBeVisible();
  await expect(other.getByText('Section 4 says it.').first()).toBeVisible();
  await accessible(other);
  await choose(other, 'Approve');
  await other.getByLabel('Comment to the owner').fill('Section 4 does say it.');
  await other.getByRole('button', { name: `Approve ${name}` }).click();
  await expect(other.getByText('Approved').first()).toBeVisible();
  expect((await mailTo(vendor.email, `Your appeal succeeded: ${name}`)).text).toContain('Section 4 does say it.');
  await desk.goto(denied);
  await expect(desk.getByText('The policy does not say who gets the data.').first()).toBeVisible();
  await expect(desk.getByRole('heading', { name: 'Version 1' })).toBeVisible();
});

test('a change of a live app waits beside what is live, and two reviewers make one decision', async ({ page, browser, another, unique, accessible }) => {
  const vendor = await approvedVendor(browser);
  await enterAsVendor(page, vendor);
  const name = await waitingApp(page, unique);
  const desk = await another();
  await enter(desk, '/admin', administrator);
  await decide(desk, 'application', name, 'approve', '');

  const changed = `Changed ${unique}`;
  await openApp(page, name);
  const app = page.url();
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('App Name').fill(changed);
  await page.locator('label[for=terms]').click({ position: { x: 10, y: 10 } });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await page.getByRole('link', { name: 'See what would change' }).click();
  await expect(page.getByRole('table').filter({ hasText: changed })).toContainText(name);
  await accessible(page);

  const other = await another();
  await enter(other, '/admin', colleague);
  for (const reviewer of [desk, other]) {
    await openReview(reviewer, 'application', name);
    await expect(reviewer.getByText('What would change')).toBeVisible();
    await choose(reviewer, 'Approve');
  }
  await accessible(other);
  await desk.getByRole('button', { name: 'Approve', exact: false }).click();
  await expect(desk.getByText('Approved').first()).toBeVisible();
  await other.getByRole('button', { name: 'Approve', exact: false }).click();
  await expect(other.getByText('Already decided')).toBeVisible();
  await accessible(other);
  await page.goto(app);
  await expect(page.getByRole('heading', { level: 1, name: changed })).toBeVisible();
});

test('a ticket with a file is answered, closed and rated', async ({ page, vendor, another, unique, accessible }) => {
  await enterAsVendor(page, vendor);
  const title = `Which scopes ${unique}`;
  await page.goto('/owner/support');
  await page.getByRole('link', { name: 'Open a ticket' }).click();
  await page.getByRole('button', { name: 'Send' }).click();
  await accessible(page);
  await openTicket(page, title);
  await expect(page.getByText('We answer by')).toBeVisible();
  await accessible(page);

  const desk = await another();
  await enter(desk, '/admin/queues/tickets', administrator);
  await accessible(desk);
  await desk.getByRole('link', { name: title }).click();
  await answer(desk, accessible);
  expect((await mailTo(vendor.email, `Your ticket was closed: ${title}`)).text).toContain('Ask for Coverage.');
  await page.reload();
  await expect(page.getByText('Ask for Coverage.')).toBeVisible();
  await page.locator('label').filter({ hasText: 'Yes, it is solved' }).click();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText('You said: Yes, it is solved')).toBeVisible();
  await accessible(page);
});

async function openTicket(page: Page, title: string): Promise<void> {
  await page.getByLabel('Subject').fill(title);
  await page.getByLabel('Program', { exact: true }).selectOption({ label: california.name });
  await page.locator('label').filter({ hasText: /^Sandbox/ }).click();
  await page.getByLabel('What happened, and what did you expect?').fill('I got 403.');
  await page.getByLabel('Attachments').setInputFiles(POLICY);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}

async function answer(desk: Page, look: Look): Promise<void> {
  await expect(desk.getByRole('link', { name: /^policy\.txt/ })).toBeVisible();
  await desk.getByLabel('Your answer').fill('Ask for Coverage.');
  await look(desk);
  await desk.getByRole('button', { name: 'Answer and close' }).click();
  await expect(desk.getByText('The vendor has your answer.')).toBeVisible();
}
