// What becomes of a request while the consent page is open: its time runs out, the plan loses the member, an administrator blocks
// the app, the vendor deletes it. Each page says so calmly, gives nothing away, and leads back to the app.

import { asked, Client } from '../../fixtures/client';
import { send } from '../../fixtures/forms';
import { atBothWidths, unseen } from '../../fixtures/look';
import { california } from '../../fixtures/programs';
import { expireRequests, hasRows, loseMember, whyNoRows } from '../../fixtures/rows';
import { expect, test } from '../../fixtures/test';
import { WORDS } from '../../fixtures/words';
import { administrator, enter } from '../../pages/account';
import { subjectOf } from '../../pages/admin';
import { allow, choosePatient, choosePlan, returnToConsent } from '../../pages/consent';

for (const language of ['en', 'es'] as const) {
  const words = WORDS[language];

  test(`expired, lost, blocked and deleted while the page is open: ${language}`, async ({ page, vendor, another, unique, accessible, javaScriptEnabled }) => {
    test.skip(!hasRows, whyNoRows);
    test.skip((language === 'es') === (javaScriptEnabled !== false), 'each project reads one language');
    test.setTimeout(240_000);
    const look = atBothWidths(accessible);
    const { client, member, visitor } = await asked({ page, vendor, another, unique }, california, undefined, language);
    const ask = async (client: Client): Promise<void> => {
      await client.ask(visitor);
      await returnToConsent(visitor, california, unseen, language);
    };
    const ends = async (client: Client, title: string, ...says: string[]): Promise<void> => {
      await expect(visitor.getByRole('heading', { level: 1, name: title })).toBeVisible();
      for (const words of says) await expect(visitor.getByText(words).first()).toBeVisible();
      await look(visitor);
      await client.refusedBy(() => visitor.getByRole('button', { name: words.back }).click());
    };
    const answer = (): Promise<void> => visitor.getByRole('button', { name: words.allow }).click();

    await test.step('its time runs out', async () => {
      expireRequests(client.app.credentials.clientId);
      await answer();
      await ends(client, words.expired, words.nothingShared);
    });

    await test.step('the plan no longer has the member, who chooses another', async () => {
      await ask(client);
      loseMember(member);
      await answer();
      await ends(client, words.noRecord, words.nothingShared);
      await client.ask(visitor);
      await choosePlan(visitor, california, unseen, language);
      await visitor.getByRole('link', { name: words.chooseAnotherMember }).click();
      await choosePatient(visitor, unseen, language);
      await allow(visitor, language);
      expect(await client.claims(await client.redeem())).toBe(200);
    });

    await test.step('an administrator blocks the app', async () => {
      await ask(client);
      const desk = await another();
      await enter(desk, '/admin', administrator);
      const subject = await subjectOf(desk, 'application', client.name);
      const id = subject.split('/').at(-1) ?? '';
      await send(desk, 'block', [['application', id], ['step', 'block'], ['reason', 'It sold what it read.']]);
      await answer();
      await ends(client, words.stopped, words.blocked, words.nothingShared);
    });

    await test.step('the vendor deletes the app', async () => {
      const client = await Client.register(page, vendor, california, `Deleted ${unique}`);
      await ask(client);
      const { pathname } = new URL(page.url());
      const id = pathname.split('/')[3] ?? '';
      await send(page, 'delete-app', [['application', id]]);
      await answer();
      await ends(client, words.stopped, words.deleted, words.nothingShared);
      client.app.stop();
    });
    client.app.stop();
  });
}
