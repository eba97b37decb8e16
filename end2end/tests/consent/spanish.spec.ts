// The whole way of someone who reads Spanish, in a browser that says so: account, consent, mail, receipt, and the end of the access.

import type { Page } from '@playwright/test';
import { Client } from '../../fixtures/client';
import { linkIn, mailTo, type Mail } from '../../fixtures/inbox';
import { california } from '../../fixtures/programs';
import { expect, test } from '../../fixtures/test';
import { LANGUAGES, WORDS } from '../../fixtures/words';
import { network, newPerson, signIn } from '../../pages/account';
import { allow, choosePatient, choosePlan, decline } from '../../pages/consent';

const words = WORDS.es;

test('from an account to the end of an access, pages and mail are in Spanish', async ({ page, vendor, another, unique, accessible }) => {
  test.setTimeout(240_000);
  const client = await Client.register(page, vendor, california, `Gastos ${unique}`);
  const [visitor, member] = [await another('es'), newPerson('Lector', unique)];
  const look = async (page: Page): Promise<void> => {
    await expect(page.locator('html')).toHaveAttribute('lang', 'es');
    await accessible(page);
  };
  const heading = (name: string | RegExp) => expect(visitor.getByRole('heading', { level: 1, name })).toBeVisible();
  /** The mail with this subject: in Spanish, without app and plan. */
  const mail = async (subject: string, says: string): Promise<Mail> => {
    const mail = await mailTo(member.email, subject);
    expect(mail.text).toContain(says);
    expect(mail.html).toContain('lang="es"');
    for (const hidden of [client.name, 'County of Ventura']) expect(mail.text).not.toContain(hidden);
    return mail;
  };

  await test.step('an account, inside the app’s request', async () => {
    await client.ask(visitor);
    await choosePlan(visitor, california, look, 'es');
    await visitor.getByRole('link', { name: 'Crear un Healthcare ID' }).click();
    await heading('Cree su Healthcare ID');
    await look(visitor);
    for (const [field, value] of [['name', member.name], ['email', member.email], ['healthcare_id', member.healthcareId], ['password', member.password]] as const) {
      await visitor.locator(`input[name="${field}"]`).fill(value);
    }
    await visitor.context().setExtraHTTPHeaders({ ...LANGUAGES.es.extraHTTPHeaders, 'x-forwarded-for': network(member) });
    await visitor.getByRole('button', { name: 'Crear un Healthcare ID' }).click();
    await heading('Revise su correo electrónico');
    await visitor.context().setExtraHTTPHeaders(LANGUAGES.es.extraHTTPHeaders);
    await look(visitor);
    await visitor.goto(linkIn(await mail(words.confirmMail, 'confirme su correo electrónico'), '/account/verify'));
    await look(visitor);
    await visitor.getByRole('button', { name: 'Confirmar' }).click();
  });

  await test.step('consent to less than everything', async () => {
    await heading(words.signInTitle);
    await look(visitor);
    await signIn(visitor, member, 'es');
    await choosePatient(visitor, look, 'es');
    await heading(words.asks);
    for (const summary of await visitor.locator('summary').all()) await summary.click();
    await look(visitor);
    await decline(visitor, 'patient/ExplanationOfBenefit.read');
    await allow(visitor, 'es');
    const tokens = await client.redeem();
    expect([tokens.scope, await client.claims(tokens)]).toEqual(['patient/Patient.read patient/Coverage.read', 403]);
    await mail('Usted dio acceso a una aplicación', 'Usted permitió que una aplicación se conecte con su plan de salud.');
  });

  await test.step('the receipt, and the end', async () => {
    await visitor.goto('/member');
    await heading('Aplicaciones conectadas');
    await look(visitor);
    await visitor.getByRole('link', { name: /^Detalles/ }).click();
    await heading(client.name);
    await look(visitor);
    await visitor.getByRole('link', { name: 'Comprobante' }).click();
    await heading(`Lo que usted permitió: ${client.name}`);
    await expect(visitor.getByText(/^\d{1,2} de [a-z]+ de 20\d\d$/).first(), 'a date as Spanish writes it').toBeVisible();
    await expect(visitor.getByText('patient/Coverage.read')).toBeVisible();
    await expect(visitor.getByText('patient/ExplanationOfBenefit.read')).toHaveCount(0);
    await look(visitor);
    await visitor.goBack();
    await visitor.getByRole('link', { name: 'Detener el acceso' }).click();
    await look(visitor);
    await visitor.getByRole('button', { name: 'Detener el acceso' }).click();
    await expect(visitor.getByText('La aplicación ya no puede leer sus datos.')).toBeVisible();
    await mail('Terminó el acceso de una aplicación', 'Una aplicación ya no tiene acceso a sus datos.');
  });
  client.app.stop();
});
