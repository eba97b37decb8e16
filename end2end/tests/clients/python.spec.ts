// What vendors who write Python use: authlib, and the SMART client fhirclient.

import { App } from '../../fixtures/app';
import { california } from '../../fixtures/programs';
import { hasPython, PythonApp, whyNoPython } from '../../fixtures/python';
import { expect, test } from '../../fixtures/test';
import { allowAsSomebody } from '../../pages/consent';
import { sandboxApp, type NewApp } from '../../pages/owner';

test.skip(!hasPython, whyNoPython);

const CLIENTS: { file: string; client: NewApp['client']; scope: string; found: Record<string, unknown> }[] = [
  {
    file: 'authlib_app.py',
    client: 'Confidential client',
    scope: 'openid offline_access patient/Patient.read patient/ExplanationOfBenefit.read',
    found: { sameSubject: true, newToken: true, claims: 2, active: [true, false], afterwards: 401 },
  },
  {
    file: 'fhirclient_app.py',
    client: 'Public client',
    scope: 'offline_access patient/Patient.read patient/Coverage.read patient/ExplanationOfBenefit.read',
    found: {
      newToken: true,
      name: expect.stringMatching(/^\S+ .*\S$/),
      birthDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      claims: expect.arrayContaining(['ExplanationOfBenefit']),
      coverages: expect.arrayContaining([expect.stringMatching(/^Patient\//)]),
    },
  },
];

for (const { file, client, scope, found } of CLIENTS) {
  test(`${file} of a ${client.toLowerCase()} signs a member in, refreshes and reads`, async ({ page, vendor, another, unique }) => {
    const app = await App.start();
    const { redirectUri } = app;
    const credentials = await sandboxApp(page, vendor, { name: `Python ${unique}`, program: california, redirectUri, client });
    const { issuer, fhir } = california;
    const python = PythonApp.start(file, { ...credentials, issuer, fhir, redirectUri, scope });
    const { authorize } = await python.hear();
    const callback = await allowAsSomebody(await another(), authorize, california, unique);
    python.tell({ callback });
    const answer = await python.hear();
    expect(answer).toMatchObject(found);
    expect(answer.patient).toMatch(/^[A-Za-z0-9.-]{1,64}$/);
    python.stop();
    app.stop();
  });
}
