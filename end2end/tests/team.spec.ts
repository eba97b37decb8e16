import { linkIn, mailTo } from '../fixtures/inbox';
import { expect, test } from '../fixtures/test';
import { approvedVendor } from '../fixtures/vendor';
import { enter, newPerson, signUp } from '../pages/account';
import { enterAsVendor, giveContactNumber } from '../pages/owner';

test('two tabs with two drafts never mix, and both are in progress', async ({ page, browser, javaScriptEnabled, unique, accessible }) => {
  await enterAsVendor(page, await approvedVendor(browser));
  const other = await page.context().newPage();
  const [first, second] = [`First ${unique}`, `Second ${unique}`];
  for (const [tab, name] of [[page, first], [other, second]] as const) {
    await tab.goto('/owner/applications/new');
    await tab.getByLabel('App Name').fill(name);
  }
  if (javaScriptEnabled !== false) {
    // Saved as one types: a reload keeps it.
    await expect(page.locator('#draft-state')).toContainText('Last saved:');
    await page.reload();
    await expect(page.getByLabel('App Name')).toHaveValue(first);
  }
  for (const tab of [page, other]) {
    await tab.getByRole('button', { name: 'Save for later' }).click();
    await expect(tab.getByText('Your draft is saved.')).toBeVisible();
  }
  await page.goto('/owner');
  await accessible(page);
  await expect(page.getByRole('heading', { name: 'In progress' })).toBeVisible();
  await page.getByRole('link', { name: `Continue ${second}` }).click();
  await expect(page.getByLabel('App Name')).toHaveValue(second);

  // The same draft in two tabs: the later one sees both states and loses nothing.
  await other.goto(page.url());
  await page.getByLabel('App Name').fill(`${second} A`);
  await page.getByRole('button', { name: 'Save for later' }).click();
  await expect(page.getByText('Your draft is saved.')).toBeVisible();
  await other.getByLabel('App Name').fill(`${second} B`);
  await other.getByRole('button', { name: 'Continue' }).click();
  await expect(other.getByRole('heading', { name: 'This draft was saved elsewhere' })).toBeVisible();
  await expect(other.getByRole('table')).toContainText(`${second} A`);
  await expect(other.getByLabel('App Name')).toHaveValue(`${second} B`);
  await accessible(other);

  await page.getByRole('link', { name: `Delete ${second} A` }).click();
  await accessible(page);
  await page.getByRole('button', { name: 'Delete the draft' }).click();
  await expect(page.getByText('The draft is deleted.')).toBeVisible();
  await expect(page.getByText(first)).not.toHaveCount(0);
});

test('a colleague is invited, joins, becomes the owner, and the first owner leaves', async ({ page, browser, another, unique, accessible }) => {
  const vendor = await approvedVendor(browser);
  await enterAsVendor(page, vendor);
  await page.goto('/owner/team');
  const colleague = newPerson('Colleague', unique);
  await page.getByLabel('Email address of your colleague').fill(colleague.email);
  await page.locator('label').filter({ hasText: /^Developer/ }).click({ position: { x: 10, y: 10 } });
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(page.getByText('We emailed the invitation.')).toBeVisible();
  await accessible(page);

  const guest = await another();
  await signUp(guest, colleague);
  const link = linkIn(await mailTo(colleague.email, 'You are invited to the team'), '/owner/invitation');
  const { pathname, search } = new URL(link);
  await enter(guest, `${pathname}${search}`, colleague);
  await giveContactNumber(guest);
  await expect(guest.getByRole('heading', { name: 'Join the team' })).toBeVisible();
  await accessible(guest);
  await guest.getByRole('button', { name: 'Join the team' }).click();
  await expect(guest.getByText('You are on the team now.')).toBeVisible();
  await expect(guest.getByRole('heading', { name: 'Invite a colleague' })).toHaveCount(0);
  expect((await mailTo(vendor.email, 'A new member is on the team')).text).toContain(colleague.email);

  await page.goto('/owner/team');
  await page.getByRole('link', { name: `Hand over ownership ${colleague.name}` }).click();
  await accessible(page);
  await page.getByRole('button', { name: 'Hand over ownership' }).click();
  await expect(page.getByText('You handed over the ownership')).toBeVisible();
  await page.getByRole('link', { name: `Leave the team ${vendor.name}` }).click();
  await page.getByRole('button', { name: 'Leave the team' }).click();
  await expect(page.getByText('You left the team.')).toBeVisible();
  await expect(page.getByText('Register your organization first')).toBeVisible();

  await guest.goto('/owner/team');
  await expect(guest.getByRole('row', { name: vendor.name })).toHaveCount(0);
  await expect(guest.getByRole('heading', { name: 'Invite a colleague' })).toBeVisible();
  await guest.getByRole('link', { name: `Leave the team ${colleague.name}` }).click();
  await guest.getByRole('button', { name: 'Leave the team' }).click();
  await expect(guest.getByText('The organization needs at least one owner.')).toBeVisible();
  await accessible(guest);
});
