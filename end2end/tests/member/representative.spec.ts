// An administrator lets someone act for a member: the consent page asks whose data, and the end stops the app.

import { App } from '../../fixtures/app';
import { mailTo } from '../../fixtures/inbox';
import { unseen } from '../../fixtures/look';
import { memberOf } from '../../fixtures/member-id';
import { california } from '../../fixtures/programs';
import { expect, test } from '../../fixtures/test';
import { administrator, enter, newPerson, signIn, signUp } from '../../pages/account';
import { enterMemberPortal } from '../../pages/member';
import { sandboxApp } from '../../pages/owner';

const LIST = `/admin/programs/${california.id}/sandbox/representatives`;
const SCOPES = 'launch/patient patient/Patient.read patient/Coverage.read';

const WORDS = {
  en: {
    switch: 'English',
    whose: 'Whose data?',
    yourself: 'Yourself',
    choose: 'Choose a person.',
    go: 'Continue',
    asks: (app: string, name: string) => `${app} asks to see health data of ${name}`,
    another: 'Choose another',
    allow: 'Allow',
    people: 'People you act for',
    who: 'An administrator: parent of a minor',
    ended: 'Ended: you may no longer act for this person',
    endedMail: 'You may no longer act for another person',
  },
  es: {
    switch: 'Español',
    whose: '¿Los datos de quién?',
    yourself: 'Usted',
    choose: 'Elija a una persona.',
    go: 'Continuar',
    asks: (app: string, name: string) => `${app} pide ver datos de salud de ${name}`,
    another: 'Elegir otro',
    allow: 'Permitir',
    people: 'Personas en cuyo nombre actúa',
    who: 'Un administrador: madre o padre de un menor',
    ended: 'Terminado: ya no puede actuar en nombre de esta persona',
    endedMail: 'Ya no puede actuar en nombre de otra persona',
  },
} as const;

for (const language of ['en', 'es'] as const) {
  const words = WORDS[language];

  test(`a representative shares another person’s data until an administrator ends it: ${language}`, async ({
    page,
    another,
    vendor,
    unique,
    accessible,
  }) => {
    test.setTimeout(240_000);
    const app = await App.start();
    const name = `Guardian ${unique}`;
    app.credentials = await sandboxApp(page, vendor, { name, program: california, redirectUri: app.redirectUri, client: 'Public client' });
    const member = memberOf('county-of-ventura');
    const [year, month, day] = member.birthDate.split('-').map(Number);
    const representative = newPerson('Guardian', unique);
    const [visitor, desk] = [await another(), await another()];
    await signUp(visitor, representative);

    await test.step('an administrator names both, sees both, and confirms', async () => {
      await enter(desk, '/admin', administrator);
      await desk.goto(LIST);
      await accessible(desk);
      await desk.getByRole('link', { name: 'Add a representative' }).click();
      await desk.getByRole('button', { name: 'Continue' }).click();
      await expect(desk.getByRole('alert').getByText('Enter the member ID.')).toBeVisible();
      await accessible(desk);
      await desk.getByLabel('Healthcare ID or email address').fill(representative.email);
      await desk.locator('label').filter({ hasText: california.payer! }).click();
      await desk.getByLabel('Member ID').fill(member.memberId);
      const fill = async (legend: string, [month, day, year]: number[]) => {
        const group = desk.getByRole('group', { name: legend });
        await group.getByLabel('Month').fill(String(month));
        await group.getByLabel('Day').fill(String(day));
        await group.getByLabel('Year').fill(String(year));
      };
      await fill('Date of birth', [month!, day!, year!]);
      await desk.locator('label').filter({ hasText: 'Parent of a minor' }).click();
      await fill('Last day', [12, 31, new Date().getFullYear() + 2]);
      await desk.getByRole('button', { name: 'Continue' }).click();
      await expect(desk.getByRole('heading', { level: 1, name: 'Check before you confirm' })).toBeVisible();
      await expect(desk.getByText(member.name)).toBeVisible();
      await expect(desk.getByText(representative.email)).toBeVisible();
      await accessible(desk);
      await desk.getByRole('button', { name: 'Confirm' }).click();
      await expect(desk.getByText('Confirmed. We emailed')).toBeVisible();
      await accessible(desk);
    });
    const mail = await mailTo(representative.email, 'You may now act for another person');
    expect(mail.text).not.toContain(california.payer);
    const details = desk.url();

    const token = await test.step('the consent page asks whose data, and the app gets that person’s', async () => {
      await visitor.goto(app.authorizationUrl(california.launch, SCOPES, true));
      await visitor.locator('label').filter({ hasText: california.payer! }).click();
      await visitor.getByRole('button', { name: 'Continue' }).click();
      await signIn(visitor, representative);
      await expect(visitor.getByRole('heading', { level: 1, name: WORDS.en.whose })).toBeVisible();
      if (language === 'es') await visitor.getByRole('button', { name: words.switch }).click();
      await expect(visitor.getByRole('heading', { level: 1, name: words.whose })).toBeVisible();
      await expect(visitor.locator('label').filter({ hasText: words.yourself }).first()).toBeVisible();
      await accessible(visitor);
      await visitor.getByRole('button', { name: words.go, exact: true }).click();
      await expect(visitor.getByRole('alert').getByText(words.choose)).toBeVisible();
      await accessible(visitor);
      await visitor.locator('label').filter({ hasText: member.name }).click();
      await visitor.getByRole('button', { name: words.go, exact: true }).click();
      const first = member.name.split(' ')[0]!;
      await expect(visitor.getByRole('heading', { level: 1, name: words.asks(name, first) })).toBeVisible();
      await expect(visitor.getByRole('link', { name: words.another })).toBeVisible();
      await accessible(visitor);
      await visitor.getByRole('button', { name: words.allow, exact: true }).click();
      await expect(visitor.getByRole('heading', { name: 'Back in the app' })).toBeVisible();
      const { status, body } = await app.redeem(`${california.issuer}/oauth/token`, true);
      expect([status, body.patient]).toEqual([200, member.id]);
      return body.access_token;
    });
    expect((await app.read(`${california.fhir}/Patient/${member.id}`, token)).status).toBe(200);

    await enterMemberPortal(visitor, representative, unseen);
    await expect(visitor.getByRole('heading', { name: words.people })).toBeVisible();
    await expect(visitor.getByText(words.who)).toBeVisible();
    await expect(visitor.getByText(member.name).first()).toBeVisible();
    await accessible(visitor);

    await test.step('the administrator ends it with a reason, and the app can read nothing more', async () => {
      await desk.goto(details);
      await desk.getByLabel('Reason').fill('The parent asked for it.');
      await desk.getByRole('button', { name: 'End', exact: true }).click();
      await expect(desk.getByText('Ended. We emailed')).toBeVisible();
      await accessible(desk);
      expect((await app.read(`${california.fhir}/Patient/${member.id}`, token)).status).toBe(401);
      expect((await mailTo(representative.email, words.endedMail)).text).not.toContain('asked for it');
      await visitor.goto('/member/past');
      await expect(visitor.getByText(words.ended)).toBeVisible();
      await accessible(visitor);
      await visitor.goto('/member');
      await expect(visitor.getByRole('heading', { name: words.people })).toHaveCount(0);
    });
    app.stop();
  });
}
