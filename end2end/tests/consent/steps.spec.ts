// Every step of an app's request, in both languages: it says who asks, and Cancel leads back to the app with nothing.

import { met } from '../../fixtures/client';
import { atBothWidths, unseen } from '../../fixtures/look';
import { california } from '../../fixtures/programs';
import { expect, test } from '../../fixtures/test';
import { WORDS } from '../../fixtures/words';
import { newPerson, signIn, signUp } from '../../pages/account';
import { choosePatient, choosePlan } from '../../pages/consent';

for (const language of ['en', 'es'] as const) {
  const words = WORDS[language];

  test(`every step says who asks, and Cancel leads back to the app: ${language}`, async ({ page, vendor, another, unique, accessible, javaScriptEnabled }) => {
    test.skip(language === 'en' && javaScriptEnabled === false, 'without scripts, one language is enough');
    test.setTimeout(240_000);
    const look = atBothWidths(accessible);
    const { client, member, visitor } = await met({ page, vendor, another, unique }, california, language);
    const heading = (name: string | RegExp) => expect(visitor.getByRole('heading', { name, level: 1 })).toBeVisible();
    const cancel = async (): Promise<void> => {
      await expect(visitor.locator('html')).toHaveAttribute('lang', language);
      await expect(visitor.locator('.who')).toContainText(client.name);
      await look(visitor);
      await client.refusedBy(() => visitor.getByRole('button', { name: words.cancelStep }).click());
    };
    const toSignIn = async (): Promise<void> => {
      await client.ask(visitor);
      await choosePlan(visitor, california, unseen, language);
    };

    await test.step('the plan', async () => {
      await client.ask(visitor);
      await heading(words.plan);
      await cancel();
    });

    await test.step('sign-in, and back to the plan', async () => {
      await toSignIn();
      await heading(words.signInTitle);
      await expect(visitor.locator('.who')).toContainText('County of Ventura');
      await visitor.getByRole('link', { name: words.changePlan }).click();
      await choosePlan(visitor, california, unseen, language);
      await cancel();
    });

    await test.step('the pages beside sign-in', async () => {
      await toSignIn();
      for (const [link, title] of words.beside) {
        await visitor.getByRole('link', { name: link as string }).click();
        await heading(title as string);
        await expect(visitor.locator('.who')).toContainText(client.name);
        await look(visitor);
        await visitor.getByRole('link', { name: words.signInLink }).click();
        await heading(words.signInTitle);
      }
      await visitor.getByRole('link', { name: words.beside[0]?.[0] as string }).click();
      await cancel();
    });

    await test.step('the test member', async () => {
      await toSignIn();
      await signIn(visitor, member, language);
      await heading(words.testMember);
      await cancel();
    });

    await test.step('the consent page, which is about someone else: “Not you?”', async () => {
      await toSignIn();
      await choosePatient(visitor, unseen, language);
      await heading(words.asks);
      await expect(visitor.locator('.who')).toContainText(member.name);
      await visitor.getByRole('button', { name: words.notYou }).click();
      await heading(words.signInTitle);
      await expect(visitor.locator('.who')).toContainText(client.name);
      const another = newPerson('Other', unique);
      await signUp(visitor, another, language);
      await signIn(visitor, another, language);
      await choosePatient(visitor, unseen, language);
      await expect(visitor.locator('.who')).toContainText(another.name);
      await expect(visitor.getByText(member.name)).toHaveCount(0);
      await client.refusedBy(() => visitor.getByRole('button', { name: words.cancel, exact: true }).click());
    });
    client.app.stop();
  });
}
