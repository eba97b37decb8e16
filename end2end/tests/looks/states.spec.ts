// Pages in their states: empty, asked, denied, blocked, late, refused, with long words and with hundreds of rows.

import type { Page } from '@playwright/test';
import { App } from '../../fixtures/app';
import { linkOn, send } from '../../fixtures/forms';
import { idaho } from '../../fixtures/programs';
import { hasPython, whyNoPython } from '../../fixtures/python';
import { multiplyApp } from '../../fixtures/rows';
import { looksRight } from '../../fixtures/states';
import { expect, test } from '../../fixtures/test';
import { administrator, enter, newPerson, signUp, type Person } from '../../pages/account';
import { decide, subjectOf } from '../../pages/admin';
import { allow, reachConsent } from '../../pages/consent';
import { enterAsVendor, giveContactNumber, sendApp, sendOrganization } from '../../pages/owner';

test.describe.configure({ timeout: 240_000 });

/** A text in which no line can break. */
const LONG = 'Wwwwwwwww'.repeat(8);

/** Opens each of these pages and checks it; some are listed with words that they must contain. */
async function look(page: Page, paths: readonly (string | readonly [path: string, says: string])[]): Promise<void> {
  for (const entry of paths) {
    const [path, says] = typeof entry === 'string' ? [entry] : entry;
    await page.goto(path);
    if (says) await expect(page.getByText(says).first()).toBeVisible();
    await looksRight(page);
  }
}

/** Registers an app whose every text is as long as its form allows; returns its path in its vendor's portal and its client ID. */
async function longApp(page: Page, name: string): Promise<{ path: string; clientId: string }> {
  const registration = { name, program: idaho, redirectUri: `https://${name.slice(-8)}.example.org/${'a'.repeat(150)}` } as const;
  const { clientId } = await sendApp(
    page,
    { ...registration, client: 'Confidential client', environment: 'Production' },
    {
      details: [['description', `${'x'.repeat(300)} <b>`]],
      registration: [
        ['support_email', `${'a'.repeat(60)}@vendor.example.org`],
        ['support_website', `https://vendor.example.org/${'b'.repeat(200)}`],
        ['support_name', LONG.slice(0, 60)],
      ],
    },
  );
  return { path: new URL(page.url()).pathname.replace(/\/registered$/, ''), clientId };
}

/** Blocks an app or an organization, or unblocks it; checks both pages of administrators. */
async function block(desk: Page, subject: string, step: 'block' | 'unblock'): Promise<void> {
  const [kind, id] = subject.slice('/admin/'.length).split('/') as [string, string];
  await send(desk, 'block', [[kind.replace(/s$/, ''), id], ['step', step], ['reason', `${LONG} sold what it read.`]]);
}

test('public pages', async ({ page }) => {
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
    '/member',
    '/member/signin',
    '/no-such-page',
    '/consent/late',
  ]) {
    await page.goto(path);
    await expect(page.locator('meta[name=description]')).toHaveAttribute('content', /.{20,160}/);
    await looksRight(page);
  }
});

test('forms that were refused', async ({ page }) => {
  for (const [path, button] of [
    ['/signup', 'Create Healthcare ID'],
    ['/signin', 'Sign in'],
  ] as const) {
    await page.goto(path);
    await page.getByRole('main').getByRole('textbox').first().fill(LONG);
    await page.getByRole('button', { name: button }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await looksRight(page);
  }
});

test('a new person: nothing is there yet', async ({ page, unique }) => {
  const newcomer = newPerson('Fresh', unique);
  await signUp(page, newcomer);
  await enter(page, '/owner', newcomer);
  await looksRight(page);
  await look(page, [['/member', 'No app has access'], '/member/past', '/member/apps/none', '/account', ['/admin', 'Not for this account']]);
  await page.goto('/owner');
  await giveContactNumber(page);
  await look(page, ['/owner', '/owner/organization/register']);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await looksRight(page);
});

test('an organization under review, asked, denied, and blocked', async ({ page, another, unique }) => {
  const desk = await another();
  await enter(desk, '/admin', administrator);
  const found = (name: string): Promise<string> => subjectOf(desk, 'organization', name);
  const begin = async (vendor: Person, name: string): Promise<void> => {
    await page.context().clearCookies();
    await signUp(page, vendor);
    await enter(page, '/owner', vendor);
    await sendOrganization(page, name);
  };
  const [asked, denied] = [`${LONG.slice(0, 60)}${unique}`, `Denied ${unique}`];
  await begin(newPerson('Asked', unique), asked);
  await look(page, [['/owner', 'is under review'], '/owner/organization', '/owner/applications']);
  const subject = await found(asked);
  await look(desk, [await linkOn(desk, subject, '/admin/reviews/'), subject]);
  const question = await decide(desk, 'organization', asked, 'ask', `${LONG} is what we ask.`);
  await look(page, [['/owner', 'needs more information'], '/owner/organization']);
  await look(desk, [[question, 'Information requested'], [`${question}?late=1`, 'Already decided']]);

  await begin(newPerson('Denied', unique), denied);
  const denial = await decide(desk, 'organization', denied, 'deny', `${LONG} is not a policy.`);
  await look(page, [['/owner', 'We did not approve'], '/owner/organization', '/owner/applications']);
  await look(desk, [[denial, 'Denied'], [`${denial}/print`, 'as it was submitted'], await found(denied)]);
  await look(page, [await linkOn(page, '/owner/organization', '/owner/decisions/')]);

  const blocked = `Blocked ${unique}`;
  await begin(newPerson('Blocked', unique), blocked);
  await decide(desk, 'organization', blocked, 'approve', 'Welcome.');
  await look(desk, [`${await found(blocked)}/block`]);
  await block(desk, await found(blocked), 'block');
  await look(page, [['/owner', 'is suspended'], '/owner/organization', '/owner/applications']);
  await look(desk, [[await found(blocked), 'Suspended']]);
});

test('an app under review, asked, denied, and blocked, with long words', async ({ page, vendor, another, unique }) => {
  const desk = await another();
  await enter(desk, '/admin', administrator);
  await enterAsVendor(page, vendor);
  const name = `${LONG.slice(0, 70)}${unique}`;
  const { path } = await longApp(page, name);
  await look(page, ['/owner', '/owner/applications', '/docs/idaho/launch', '/owner/applications/none', '/account']);
  await look(page, [[path, 'is under review'], `${path}/edit`, `${path}/keys`, `${path}/secret`, `${path}/deactivate`, `${path}/delete`]);
  const subject = await subjectOf(desk, 'application', name);
  const review = await linkOn(desk, subject, '/admin/reviews/');
  await look(desk, [`/admin/search?q=${name}`, subject, review, '/admin/reviews/none']);

  await decide(desk, 'application', name, 'ask', `${LONG} is what we ask.`);
  await look(page, [[path, 'We have a question']]);
  await look(desk, [[review, 'Information requested']]);

  const refused = `Refused ${unique}`;
  const { path: deniedPath } = await longApp(page, refused);
  const denial = await decide(desk, 'application', refused, 'deny', `${LONG} is not a policy.`);
  await look(page, [[deniedPath, 'Not approved'], ['/owner', 'Denied']]);
  await look(desk, [[denial, 'Denied'], await subjectOf(desk, 'application', refused)]);

  await look(desk, [`${subject}/block`]);
  await block(desk, subject, 'block');
  await look(page, [[path, 'An administrator has blocked this application'], ['/owner/applications', 'Blocked']]);
  await look(desk, [[subject, 'Unblock']]);
});

test('the Administrative & Support Portal: empty, and not understood', async ({ page, unique }) => {
  await enter(page, '/admin', administrator);
  await look(page, [
    ['/admin/queues/organizations?show=mine', 'Nothing is waiting here'],
    ['/admin/queues/applications?show=nonsense', 'We could not understand this filter'],
    ['/admin/audit?before=yesterday&subject=all', 'We could not understand this filter'],
    ['/admin/audit?action=none', 'No entries'],
    [`/admin/search?q=${LONG}${unique}`, 'Nothing found'],
    ['/admin/search?q=x&kind=nonsense', 'We could not understand this filter'],
    '/admin/mail',
    '/admin/letters',
    '/admin/letters/ticket-opened?values=hostile',
  ]);
});

test('an app’s request: asked, refused, late, and blocked', async ({ page, vendor, another, unique }) => {
  const app = await App.start();
  await enterAsVendor(page, vendor);
  const name = `${LONG.slice(0, 50)} ${unique}`;
  const registration = { name, program: idaho, redirectUri: app.redirectUri } as const;
  app.credentials = await sendApp(page, { ...registration, client: 'Public client', environment: 'Sandbox' });

  const visitor = await another();
  const member = newPerson('State', unique);
  await signUp(visitor, member);
  const request = app.authorizationUrl(idaho.launch, 'openid fhirUser offline_access patient/Patient.read patient/Coverage.read', true);
  await visitor.goto(request);
  await reachConsent(visitor, idaho, member, looksRight);
  const consent = visitor.url();
  await allow(visitor);
  await look(visitor, [[consent, 'You allowed'], `${idaho.launch}?client_id=${app.credentials.clientId}`]);

  const host = new URL(idaho.issuer).origin;
  const card = async (): Promise<string> => `${host}${await visitor.goto(`${host}/member`).then(() => visitor.locator('.panel a').first().getAttribute('href'))}`;
  const access = await card();
  await look(visitor, [`${host}/member`, access, `${access}/revoke`]);
  const desk = await another();
  await enter(desk, '/admin', administrator);
  await block(desk, await subjectOf(desk, 'application', name), 'block');
  const stopped = 'This app has no access now because your health plan blocked it.';
  await look(visitor, [[`${host}/member`, stopped], [access, stopped], [request, 'The app is blocked.']]);
  app.stop();
});

test('hundreds of rows have pages, and the right count', async ({ page, vendor, another, unique }) => {
  test.skip(!hasPython, whyNoPython);
  await enterAsVendor(page, vendor);
  const name = `Row ${unique}`;
  const { path, clientId } = await longApp(page, name);
  const of = (number: number): RegExp => new RegExp(`^1–50 of ${number}$`);
  const pages = async (page: Page, number: number, last: number): Promise<void> => {
    await expect(page.getByText(/^1–50 of [\d,]+$/).first()).toHaveText(of(number));
    await page.getByRole('link', { name: 'Next' }).first().click();
    await expect(page.getByText(/^51–100 of /).first()).toBeVisible();
    await page.goto(page.url().replace(/=2(#|$)/, `=${last}$1`));
    await expect(page.getByText(new RegExp(`–${number} of ${number}$`)).first()).toBeVisible();
  };

  await test.step('a history, and the audit log', async () => {
    const id = path.slice('/owner/applications/'.length);
    for (let line = 0; line < 55; line += 1) {
      await Promise.all(Array.from({ length: 10 }, () => send(page, 'owner-comment', [['application', id], ['comment', LONG.repeat(3)]])));
    }
    await look(page, [`${path}/activity`]);
    await pages(page, 551, 12);
  });
  const desk = await another();
  await enter(desk, '/admin', administrator);
  const subject = await subjectOf(desk, 'application', name);
  await look(desk, [subject, await linkOn(desk, subject, '/admin/reviews/')]);
  await look(desk, [`/admin/audit?subject=${subject.replace('/admin/applications/', 'application:')}`]);
  for (let page = 2; page <= 12; page += 1) await desk.getByRole('link', { name: 'Next' }).click();
  await expect(desk.getByRole('table').getByText('application.registered')).toBeVisible();
  await expect(desk.getByRole('link', { name: 'Next' })).toHaveCount(0);

  await test.step('apps, and reviews of them', async () => {
    multiplyApp(clientId, 520);
    await look(page, ['/owner', '/owner/applications']);
    const counted = Number((await page.getByText(/^1–50 of \d+$/).innerText()).split(' ').at(-1));
    expect(counted).toBeGreaterThan(520);
    await pages(page, counted, Math.ceil(counted / 50));
    await look(desk, [`/admin/search?q=${encodeURIComponent(name)}&kind=applications`]);
    await pages(desk, 521, 11);
    await look(desk, [await linkOn(desk, subject, '/admin/organizations/'), '/admin/queues/applications', ['/admin/queues/applications?show=overdue', 'Overdue by'], '/admin']);
  });
});

test('no page jumps when its font arrives', async ({ page }) => {
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  // As over a slow connection.
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
