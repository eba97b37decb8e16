// Members of a plan without a sign-in of its own prove once who they are: by their card, and by a code that goes to the address that
// the plan has. An app in production asks, after its review.

import type { Page } from '@playwright/test';
import { App } from '../../fixtures/app';
import { Client } from '../../fixtures/client';
import { mailTo } from '../../fixtures/inbox';
import { atBothWidths } from '../../fixtures/look';
import { memberOf, type Card } from '../../fixtures/member-id';
import { idahoProduction } from '../../fixtures/programs';
import { hasRows, loseMember, whyNoRows } from '../../fixtures/rows';
import { expect, test } from '../../fixtures/test';
import { WORDS, type Language } from '../../fixtures/words';
import { administrator, enter, newPerson, signIn, signUp, type Person } from '../../pages/account';
import { decide } from '../../pages/admin';

/** Someone new, in a browser that reads this language. */
class Visitor {
  readonly words;

  private constructor(
    private readonly client: Client,
    private readonly first: Page,
    readonly person: Person,
    private readonly language: Language,
  ) {
    this.words = WORDS[language];
  }

  static async arrive(client: Client, page: Page, person: Person, language: Language): Promise<Visitor> {
    client.app.openFrom(page.context());
    await signUp(page, person, language);
    await client.ask(page);
    await signIn(page, person, language);
    await expect(page.getByRole('heading', { level: 1, name: WORDS[language].card })).toBeVisible();
    return new Visitor(client, page, person, language);
  }

  /** The app's request in a new tab: the question whether to open the app blocks a tab for good. */
  async ask(title: string | RegExp): Promise<Page> {
    const tab = await this.first.context().newPage();
    await this.client.ask(tab);
    await expect(tab.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(tab.locator('html')).toHaveAttribute('lang', this.language);
    return tab;
  }

  async showCard(page: Page, { memberId, birthDate, lastName }: Card): Promise<void> {
    const [year, month, day] = birthDate.split('-') as [string, string, string];
    await page.locator('[name="member_id"]').fill(memberId);
    await page.locator('[name="birth_date_month"]').fill(String(Number(month)));
    await page.locator('[name="birth_date_day"]').fill(String(Number(day)));
    await page.locator('[name="birth_date_year"]').fill(year);
    await page.locator('[name="last_name"]').fill(lastName);
    await page.getByRole('button', { name: this.words.continue }).click();
  }

  async giveCode(page: Page, code: string): Promise<void> {
    await page.locator('[name="code"]').fill(code);
    await page.getByRole('button', { name: this.words.continue }).click();
  }

  /** The code in the newest mail to the address that the plan has. */
  async mailed({ email, name }: Card): Promise<string> {
    const { text } = await mailTo(email, this.words.codeMail);
    expect(text).not.toContain(name);
    return text.split(this.words.codeLine)[1]?.slice(0, 6) ?? '';
  }

  cancel(page: Page): Promise<void> {
    return this.client.refusedBy(() => page.getByRole('button', { name: this.words.cancelStep }).click());
  }
}

test('a card and a code link an account; wrong facts do not, and another account is announced', async ({
  page,
  vendor,
  another,
  unique,
  accessible,
  javaScriptEnabled,
}) => {
  test.setTimeout(240_000);
  const look = atBothWidths(accessible);
  // Each project links a member of its own.
  const card = memberOf('optum-idaho', 'idaho', 'production', javaScriptEnabled === false ? 20 : 21);
  const app = App.onDevice(`com.example.link${unique}`);
  const client = await Client.of(app, page, vendor, idahoProduction, `Linked ${unique}`, 'Production');
  const desk = await another();
  await enter(desk, '/admin', administrator);
  await decide(desk, 'application', client.name, 'approve', 'Approved for production.');
  const first = await Visitor.arrive(client, await another(), newPerson('First', unique), 'en');

  await test.step('wrong facts find no one, and what was typed is not kept', async () => {
    const tab = await first.ask(first.words.card);
    await look(tab);
    await first.showCard(tab, { ...card, birthDate: '1901-02-03' });
    await expect(tab.getByRole('alert').getByText(first.words.cardWrong)).toBeVisible();
    await expect(tab.locator('[name="member_id"]')).toHaveValue('');
    await look(tab);
    await first.cancel(tab);
  });

  await test.step('the right ones lead to a code, and Cancel still leads back', async () => {
    const tab = await first.ask(first.words.card);
    await first.showCard(tab, card);
    await expect(tab.getByRole('heading', { level: 1, name: first.words.code })).toBeVisible();
    await expect(tab.getByText(card.email), 'the page shows the beginning of the address').toHaveCount(0);
    await look(tab);
    await first.cancel(tab);
  });

  await test.step('the code of the mail leads to consent, and the app reads this member', async () => {
    const tab = await first.ask(first.words.code);
    await first.giveCode(tab, '000000');
    await expect(tab.getByRole('alert').getByText(first.words.codeWrong)).toBeVisible();
    await first.giveCode(tab, await first.mailed(card));
    await expect(tab.getByRole('heading', { name: first.words.asks })).toBeVisible();
    await expect(tab.getByText(/^Reviewed by Optum Idaho on /)).toBeVisible();
    await expect(tab.locator('.who')).toContainText(card.name);
    await look(tab);
    const answers = app.callbacks.length;
    await tab.getByRole('button', { name: first.words.allow }).click();
    await expect.poll(() => app.callbacks.length).toBe(answers + 1);
    const tokens = await client.redeem();
    const patient = await app.read(`${client.program.fhir}/Patient/${tokens.patient}`, tokens.access_token);
    expect(JSON.stringify(patient.body.identifier)).toContain(card.memberId);
    // Linked once, they need no card again.
    await first.ask(first.words.asks);
  });

  await test.step('a second account proves the same, and the first one is written to', async () => {
    const second = await Visitor.arrive(client, await another('es'), newPerson('Second', unique), 'es');
    const tab = await second.ask(second.words.card);
    await look(tab);
    await second.showCard(tab, card);
    await expect(tab.getByRole('heading', { level: 1, name: second.words.code })).toBeVisible();
    await look(tab);
    await second.giveCode(tab, await second.mailed(card));
    await expect(tab.getByRole('heading', { name: second.words.asks })).toBeVisible();
    await client.refusedBy(() => tab.getByRole('button', { name: second.words.cancel, exact: true }).click());
    const mail = await mailTo(first.person.email, 'Another account was linked to your records');
    expect(mail.text).not.toContain(second.person.name);
  });

  await test.step('a member whom the plan no longer has reads that', async () => {
    test.skip(!hasRows, whyNoRows);
    loseMember(first.person);
    const tab = await first.ask(/has no record of you right now/);
    await look(tab);
    await client.refusedBy(() => tab.getByRole('button', { name: first.words.back }).click());
  });
});
