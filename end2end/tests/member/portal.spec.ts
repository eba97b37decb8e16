// The member portal in both languages: before sign-in, history, receipt, renewal, report, and stopping an app.

import type { Page } from '@playwright/test';
import { App } from '../../fixtures/app';
import { mailTo } from '../../fixtures/inbox';
import { unseen } from '../../fixtures/look';
import { california } from '../../fixtures/programs';
import { expect, test } from '../../fixtures/test';
import { newPerson, signUp, type Person } from '../../pages/account';
import { allow, reachConsent } from '../../pages/consent';
import { enterMemberPortal } from '../../pages/member';
import { sandboxApp } from '../../pages/owner';

const SCOPES = 'patient/Patient.read patient/Coverage.read patient/ExplanationOfBenefit.read';

const WORDS = {
  en: {
    welcome: 'See which apps can read your health data',
    connected: 'Connected apps',
    history: 'Access history',
    claims: 'Your claims',
    receipt: 'Receipt',
    allowed: 'What you allowed: ',
    howToStop: 'How to stop it',
    renew: 'Give more time',
    saved: 'Your changes are saved.',
    lengthMail: 'You changed how long an app has access',
    report: 'Report this app',
    reason: 'It shares or sells my data',
    missing: 'Choose what is wrong.',
    send: 'Send the report',
    thanks: 'Thank you. We received your report.',
    stop: 'Stop access',
    keep: 'Keep access',
    stops: 'What stops',
    keeps: 'What the app keeps',
    none: 'No app has access',
    ended: 'Ended by you',
  },
  es: {
    welcome: 'Vea qué aplicaciones pueden leer sus datos de salud',
    connected: 'Aplicaciones conectadas',
    history: 'Historial de accesos',
    claims: 'Sus reclamaciones',
    receipt: 'Comprobante',
    allowed: 'Lo que usted permitió: ',
    howToStop: 'Cómo detenerlo',
    renew: 'Dar más tiempo',
    saved: 'Guardamos sus cambios.',
    lengthMail: 'Usted cambió hasta cuándo tiene acceso una aplicación',
    report: 'Denunciar esta aplicación',
    reason: 'Comparte o vende mis datos',
    missing: 'Elija qué está mal.',
    send: 'Enviar la denuncia',
    thanks: 'Gracias. Recibimos su denuncia.',
    stop: 'Detener el acceso',
    keep: 'Mantener el acceso',
    stops: 'Lo que se detiene',
    keeps: 'Lo que la aplicación conserva',
    none: 'Ninguna aplicación tiene acceso',
    ended: 'Terminado por usted',
  },
} as const;

/** A visitor who has allowed an app everything, and whose claims the app has read. */
async function connected(page: Page, visitor: Page, vendor: Person, unique: string) {
  const app = await App.start();
  const name = `Portal ${unique}`;
  app.credentials = await sandboxApp(page, vendor, { name, program: california, redirectUri: app.redirectUri, client: 'Public client' });
  const member = newPerson('Member', unique);
  await signUp(visitor, member);
  await visitor.goto(app.authorizationUrl(california.launch, SCOPES, true));
  await reachConsent(visitor, california, member, unseen);
  await allow(visitor);
  const { status, body } = await app.redeem(`${california.issuer}/oauth/token`, true);
  expect(status).toBe(200);
  const claims = await app.read(`${california.fhir}/ExplanationOfBenefit?patient=${body.patient}`, body.access_token);
  expect(claims.status).toBe(200);
  return { app, name, member, token: body };
}

for (const language of ['en', 'es'] as const) {
  const words = WORDS[language];

  test(`a member sees, keeps, renews, reports and stops an app: ${language}`, async ({ page, another, vendor, unique, accessible }) => {
    test.setTimeout(240_000);
    const stranger = await another();
    await stranger.goto('/member');
    await speak(stranger, language);
    await expect(stranger.getByRole('heading', { level: 1, name: words.welcome })).toBeVisible();
    await accessible(stranger);

    const visitor = await another();
    const { app, name, member, token } = await connected(page, visitor, vendor, unique);
    await enterMemberPortal(visitor, member, unseen);
    await speak(visitor, language);
    await expect(visitor.getByRole('heading', { level: 1, name: words.connected })).toBeVisible();
    await accessible(visitor);
    await visitor.getByRole('main').getByRole('link', { name: new RegExp(`:\\s*${name}$`) }).first().click();
    await expect(visitor.getByRole('heading', { level: 1, name })).toBeVisible();
    await accessible(visitor);
    const details = visitor.url();

    await test.step('what the app read appears in the history of all apps', async () => {
      await expect(async () => {
        await visitor.goto('/member/history');
        await expect(visitor.getByText(words.claims).first()).toBeVisible({ timeout: 1_000 });
      }).toPass({ timeout: 20_000 });
      await expect(visitor.getByRole('heading', { level: 1, name: words.history })).toBeVisible();
      await expect(visitor.getByRole('rowheader', { name }).first()).toBeVisible();
      await accessible(visitor);
    });

    await test.step('the receipt says what was allowed and how to stop it', async () => {
      await visitor.goto(details);
      await visitor.getByRole('link', { name: words.receipt }).click();
      await expect(visitor.getByRole('heading', { level: 1, name: words.allowed + name })).toBeVisible();
      await expect(visitor.getByText(words.howToStop)).toBeVisible();
      await expect(visitor.getByText('patient/Coverage.read')).toBeVisible();
      await accessible(visitor);
    });

    await test.step('one confirmation gives more time, and a mail says so', async () => {
      // The address to which the mail before the end leads.
      await visitor.goto(`${details}/renew`);
      await accessible(visitor);
      await visitor.getByRole('button', { name: words.renew }).click();
      await expect(visitor.getByText(words.saved)).toBeVisible();
      const mail = await mailTo(member.email, words.lengthMail);
      expect(mail.text).not.toContain(name);
    });

    await test.step('a report is refused without a reason, and received with one', async () => {
      await visitor.getByRole('link', { name: words.report }).click();
      await visitor.getByRole('button', { name: words.send }).click();
      await expect(visitor.getByRole('alert').getByText(words.missing)).toBeVisible();
      await accessible(visitor);
      await visitor.locator('label').filter({ hasText: words.reason }).click();
      await visitor.getByRole('button', { name: words.send }).click();
      await expect(visitor.getByRole('heading', { level: 1, name: words.thanks })).toBeVisible();
      await accessible(visitor);
    });

    await test.step('stopping says what stops and what the app keeps, and ends the access at once', async () => {
      await visitor.getByRole('link', { name: words.stop }).click();
      await expect(visitor.getByRole('heading', { name: words.stops })).toBeVisible();
      await expect(visitor.getByRole('heading', { name: words.keeps })).toBeVisible();
      const [keep, stop] = [visitor.getByRole('link', { name: words.keep }), visitor.getByRole('button', { name: words.stop })];
      const [left, right] = [await keep.boundingBox(), await stop.boundingBox()];
      expect(Math.abs((left?.y ?? 0) - (right?.y ?? 1_000)), 'side by side').toBeLessThan(2);
      expect(left?.height, 'neither is smaller').toBe(right?.height);
      await accessible(visitor);
      await keep.click();
      await expect(visitor.getByRole('heading', { level: 1, name })).toBeVisible();
      await visitor.getByRole('link', { name: words.stop }).click();
      // The app keeps calling meanwhile.
      const calls: number[] = [];
      let goesOn = true;
      const calling = (async () => {
        while (goesOn) calls.push((await app.read(`${california.fhir}/ExplanationOfBenefit?patient=${token.patient}`, token.access_token)).status);
      })();
      await expect.poll(() => calls.length).toBeGreaterThan(1);
      await visitor.getByRole('button', { name: words.stop }).click();
      await expect(visitor.getByText(words.none)).toBeVisible();
      const begun = calls.length;
      await expect.poll(() => calls.length).toBeGreaterThan(begun + 1);
      goesOn = false;
      await calling;
      const last = calls.lastIndexOf(200);
      expect(last, 'it read until then').toBeGreaterThan(0);
      expect(last, 'and nothing after the page said so').toBeLessThan(begun + 1);
      expect(new Set(calls.slice(last + 1))).toEqual(new Set([401]));
      await visitor.goto('/member/past');
      await expect(visitor.getByText(words.ended)).toBeVisible();
      await accessible(visitor);
    });
    app.stop();
  });
}

/** Changes the language with the page's own button. */
async function speak(page: Page, language: 'en' | 'es'): Promise<void> {
  if (language === 'en') return;
  await page.getByRole('button', { name: 'Español' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
}
