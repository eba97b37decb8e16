// An app without a server, only in the browser: what its page may read, and what another site's page may read.

import type { Page } from '@playwright/test';
import { california } from '../../fixtures/programs';
import { PageApp } from '../../fixtures/page-app';
import { expect, test } from '../../fixtures/test';
import { allowAsSomebody } from '../../pages/consent';
import { sandboxApp } from '../../pages/owner';

/** What a page of the app receives when it fetches this; the name of the error if the browser blocks it. */
function fetchIn(page: Page, url: string, token: string) {
  return page.evaluate(
    ([url, token]) =>
      fetch(url as string, { headers: { authorization: `Bearer ${token}` } }).then(
        (response) => ({ status: response.status, etag: response.headers.get('etag'), left: response.headers.get('ratelimit-remaining') }),
        (error: Error) => error.name,
      ),
    [url, token],
  );
}

test('fhirclient signs in and reads in a page of its own origin, and another origin’s page reads nothing', async ({ page, vendor, another, unique }) => {
  const [app, foreign] = [new PageApp(), new PageApp()];
  await app.start();
  await foreign.start();
  const registration = { name: `Page ${unique}`, program: california, redirectUri: `${app.origin}/` } as const;
  const { clientId } = await sandboxApp(page, vendor, { ...registration, client: 'Public client' });
  const scope = 'launch/patient offline_access patient/Patient.read patient/ExplanationOfBenefit.read';
  app.settings = { iss: california.fhir, clientId, scope };

  const visitor = await another();
  await allowAsSomebody(visitor, `${app.origin}/`, california, unique);
  const { token, ...found } = JSON.parse(await visitor.locator('pre').innerText());
  expect(found).toEqual({ patient: expect.any(String), claims: expect.any(Number), refreshed: true, refused: 403 });
  expect(found.claims).toBeGreaterThan(3);

  const patient = `${california.fhir}/Patient/${found.patient}`;
  expect(await fetchIn(visitor, patient, token)).toEqual({ status: 200, etag: 'W/"1"', left: expect.stringMatching(/^\d+$/) });
  expect(await fetchIn(visitor, `${california.fhir}/Patient/no-one`, token)).toMatchObject({ status: 404 });
  // Console errors are expected here: the browser reports what it keeps from the page.
  const elsewhere = await visitor.context().newPage();
  await elsewhere.goto(`${foreign.origin}/fhir-client.js`);
  expect(await fetchIn(elsewhere, patient, token)).toBe('TypeError');
  expect(await fetchIn(elsewhere, `${california.fhir}/metadata`, token)).toMatchObject({ status: 200 });
  app.stop();
  foreign.stop();
});
