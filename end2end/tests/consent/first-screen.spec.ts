// A worried person on a phone: the first screen says who asks for what, until when, and how to stop it, and holds both answers.

import type { Page } from '@playwright/test';
import { App } from '../../fixtures/app';
import { expectReadable } from '../../fixtures/axe';
import { fitsWindow, unseen } from '../../fixtures/look';
import { idaho } from '../../fixtures/programs';
import { expect, test } from '../../fixtures/test';
import { newPerson, signUp, type Person } from '../../pages/account';
import { reachConsent } from '../../pages/consent';
import { enterAsVendor, sendApp } from '../../pages/owner';

const PHONE = { width: 390, height: 844 };
const FEW = ['openid', 'patient/Patient.read', 'patient/Coverage.read', 'patient/ExplanationOfBenefit.read', 'public/Location.read'];
const DATA = ['Condition', 'Coverage', 'Encounter', 'ExplanationOfBenefit', 'Immunization', 'Patient'].map((type) => `patient/${type}.read`);
const DIRECTORY = ['HealthcareService', 'Location', 'Organization', 'OrganizationAffiliation', 'Network', 'Practitioner', 'PractitionerRole'];
const SIXTEEN = ['openid', 'fhirUser', 'offline_access', ...DATA, ...DIRECTORY.map((type) => `public/${type}.read`)];

/** Who asks, for what, until when, how to stop it, and both answers. */
const FIRST = ['h1', '.asking p', '.purpose', '#answer > fieldset:first-of-type legend', '#answer > fieldset:first-of-type .usa-checkbox__label', '.answer select', '.answer a', '.answer button'];

/** As long as it may be. */
const PURPOSE = 'Adds up what the care of your household has cost, and warns you before a deductible starts again. '.repeat(4).slice(0, 300).trimEnd();

interface Scene {
  visitor: Page;
  app: App;
}

/** A phone on which an app with a long name and a long reason asks for these scopes. */
async function asked(page: Page, vendor: Person, another: () => Promise<Page>, unique: string, scopes: readonly string[]): Promise<Scene> {
  const app = await App.start();
  const name = `Household Medical Cost and Coverage Companion of ${unique}`.padEnd(60, 'x');
  const registration = { name, program: idaho, redirectUri: app.redirectUri, client: 'Public client', access: ['Patient', 'Public'] } as const;
  await enterAsVendor(page, vendor);
  app.credentials = await sendApp(
    page,
    { ...registration, environment: 'Sandbox' },
    { details: [['purpose', PURPOSE]] },
  );
  const visitor = await another();
  const member = newPerson('Member', unique);
  await signUp(visitor, member);
  await visitor.goto(app.authorizationUrl(idaho.launch, scopes.join(' '), true));
  await reachConsent(visitor, idaho, member, unseen);
  await visitor.setViewportSize(PHONE);
  return { visitor, app };
}

/** What of these elements is not wholly in the window, or is covered by something else. */
async function hidden(page: Page, selectors: readonly string[]): Promise<string[]> {
  return page.evaluate((selectors) => {
    const shows = (element: Element): boolean => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      const free = hit !== null && (element.contains(hit) || hit.contains(element));
      return free && 0 <= top && bottom <= innerHeight && 0 <= left && right <= innerWidth;
    };
    return selectors.flatMap((selector) => {
      const found = [...document.querySelectorAll(selector)];
      if (found.length === 0) return [`${selector}: none`];
      return found.filter((element) => !shows(element)).map((element) => `${selector}: ${element.textContent?.trim()}`);
    });
  }, selectors);
}

async function setText(page: Page, percent: number): Promise<void> {
  await page.locator('html').evaluate((html, percent) => (html.style.fontSize = `${percent}%`), percent);
}

async function inSpanish(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Español' }).click();
  await expect(page.getByRole('heading', { name: /pide ver sus datos de salud/ })).toBeVisible();
}

test('a phone shows who, what, until when, how to stop and both answers at once', async ({ page, vendor, another, unique, accessible, javaScriptEnabled }) => {
  test.setTimeout(180_000);
  const { visitor, app } = await asked(page, vendor, another, unique, FEW);
  for (const language of ['en', 'es']) {
    await test.step(language, async () => {
      if (language === 'es') await inSpanish(visitor);
      expect(await hidden(visitor, FIRST)).toEqual([]);
      await accessible(visitor);
      await visitor.emulateMedia({ colorScheme: 'dark' });
      if (javaScriptEnabled) await expectReadable(visitor);
      await visitor.emulateMedia({ colorScheme: 'light' });

      // Twice the text: it takes scrolling, but both answers stay, and nothing covers or cuts anything.
      await setText(visitor, 200);
      await fitsWindow(visitor);
      expect(await hidden(visitor, ['.answer button'])).toEqual([]);
      for (const selector of FIRST) {
        for (const element of await visitor.locator(selector).all()) {
          await element.evaluate((element) => element.scrollIntoView({ block: 'center' }));
          const covered = await element.evaluate((element) => {
            const { left, right, top, bottom } = element.getBoundingClientRect();
            const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
            return !hit || !(element.contains(hit) || hit.contains(element)) || element.scrollWidth > element.clientWidth + 1;
          });
          expect(covered, `${selector}: ${await element.textContent()}`).toBe(false);
        }
      }
      await setText(visitor, 100);
      await visitor.evaluate(() => scrollTo(0, 0));
    });
  }
  app.stop();
});

test('sixteen scopes stay short while folded, and the answers never cover what has the focus', async ({ page, vendor, another, unique }) => {
  test.setTimeout(180_000);
  const { visitor, app } = await asked(page, vendor, another, unique, SIXTEEN);
  const height = (): Promise<number> => visitor.evaluate(() => document.documentElement.scrollHeight);
  expect(await height()).toBeLessThan(1600);
  await expect(visitor.getByText(PURPOSE), 'all of it is among the details').toBeHidden();
  expect(await hidden(visitor, ['h1', '.purpose', '#answer > fieldset:first-of-type legend', '.answer select', '.answer a', '.answer button'])).toEqual([]);
  for (const summary of await visitor.locator('summary').all()) await summary.click();
  await expect(visitor.getByText(PURPOSE)).toBeVisible();
  await visitor.locator('.usa-skipnav').focus();

  // WCAG 2.4.11, by keyboard from the top to the end.
  const seen = new Set<string>();
  for (let step = 0; step < 80; step += 1) {
    await visitor.keyboard.press('Tab');
    const { name, covered } = await visitor.evaluate(() => {
      const focused = document.activeElement as HTMLElement;
      // The box itself is off the page; its label shows the focus.
      const shown = (focused as HTMLInputElement).labels?.[0] ?? focused;
      const { left, right, top, bottom } = (focused.matches('[type=checkbox]') ? shown : focused).getBoundingClientRect();
      const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      const bar = hit?.closest('.answer');
      return { name: focused.id || focused.textContent?.trim() || focused.tagName, covered: !!bar && !bar.contains(focused) };
    });
    expect(covered, name).toBe(false);
    if (name === 'Accessibility') break;
    seen.add(name);
  }
  expect([...seen]).toEqual(expect.arrayContaining(['scope-0', 'scope-12', 'days', 'Allow', 'Cancel']));
  await inSpanish(visitor);
  expect(await height()).toBeLessThan(1600);
  app.stop();
});

test('the page is light, and Enter in a box neither answers nor changes the language', async ({ page, vendor, another, unique }) => {
  test.setTimeout(180_000);
  const { visitor, app } = await asked(page, vendor, another, unique, SIXTEEN);
  const network = await visitor.context().newCDPSession(visitor);
  await network.send('Network.enable');
  await network.send('Network.setCacheDisabled', { cacheDisabled: true });
  const [files, sizes] = [new Map<string, string>(), new Map<string, number>()];
  network.on('Network.responseReceived', ({ requestId, response }) => files.set(requestId, response.url));
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => sizes.set(files.get(requestId) ?? requestId, encodedDataLength));
  await visitor.reload({ waitUntil: 'networkidle' });
  const names = [...sizes.keys()];
  expect(names.some((name) => name.endsWith('.css')), names.join(' ')).toBe(true);
  expect(names.filter((name) => /\.wasm|woff/.test(name))).toEqual([]);
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  expect(total, JSON.stringify([...sizes])).toBeLessThan(60_000);

  const before = visitor.url();
  await visitor.locator('#scope-0').focus();
  await Promise.all([visitor.waitForEvent('load'), visitor.keyboard.press('Enter')]);
  await expect(visitor.getByRole('heading', { name: /asks to see your health data/ })).toBeVisible();
  expect([visitor.url(), app.callbacks.length]).toEqual([before, 0]);
  app.stop();
});
