// What vendors who write Python use: authlib, and the SMART client fhirclient.

import { flexUrl } from '../../addresses';
import { App } from '../../fixtures/app';
import { california, idaho, type Program } from '../../fixtures/programs';
import { hasPython, PythonApp, whyNoPython } from '../../fixtures/python';
import { expect, test } from '../../fixtures/test';
import { allowAsSomebody } from '../../pages/consent';
import { sandboxApp, type NewApp } from '../../pages/owner';

test.skip(!hasPython, whyNoPython);

interface PythonClient {
  file: string;
  program: Program;
  client: NewApp['client'];
  scope: string;
  /** Types that it reads completely. */
  kinds?: string[];
  found: Record<string, unknown>;
}

/** By its paths on the main host: Python asks the system for names, and not every system resolves those below `localhost`. */
const idahoByPath: Program = {
  ...idaho,
  issuer: `${flexUrl}/authz/idaho/sandbox`,
  fhir: `${flexUrl}/fhir/idaho/sandbox/R4`,
  launch: `${flexUrl}/authz/idaho/sandbox/oauth/authorize`,
};
const clinical = ['Patient', 'Coverage', 'ExplanationOfBenefit', 'Condition', 'Encounter', 'Immunization'];
const claims = { Patient: 1, Coverage: expect.any(Number), ExplanationOfBenefit: expect.any(Number) };
const CLIENTS: PythonClient[] = [
  {
    file: 'authlib_app.py',
    program: california,
    client: 'Confidential client',
    scope: 'openid offline_access patient/Patient.read patient/ExplanationOfBenefit.read',
    found: { sameSubject: true, newToken: true, claims: 2, active: [true, false], afterwards: 401 },
  },
  {
    file: 'fhirclient_app.py',
    program: california,
    client: 'Public client',
    scope: 'offline_access patient/Patient.read patient/Coverage.read patient/ExplanationOfBenefit.read',
    kinds: Object.keys(claims),
    found: {
      newToken: true,
      name: expect.stringMatching(/^\S+ .*\S$/),
      birthDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      claims: expect.arrayContaining(['ExplanationOfBenefit']),
      owners: [expect.any(String)],
      strict: claims,
      coverages: expect.arrayContaining([expect.stringMatching(/^Patient\//)]),
    },
  },
  {
    file: 'fhirclient_app.py',
    program: idahoByPath,
    client: 'Public client',
    scope: `offline_access ${clinical.map((kind) => `patient/${kind}.read`).join(' ')}`,
    kinds: clinical,
    found: { newToken: true, strict: Object.fromEntries(clinical.map((kind) => [kind, expect.any(Number)])) },
  },
];

test('directory_app.py pages, chains, includes and reads everything strictly', async () => {
  const python = PythonApp.start('directory_app.py', { bases: [`${flexUrl}/fhirpublic/oph/ca/R4`] });
  const { found } = await python.hear();
  expect(found).toHaveLength(1);
  const [{ read, chained, included, reverse }] = found;
  expect(Object.keys(read)).toEqual(
    expect.arrayContaining(['Endpoint', 'HealthcareService', 'InsurancePlan', 'Location', 'Organization', 'Practitioner', 'PractitionerRole']),
  );
  expect(read.PractitionerRole, 'more than four pages').toBeGreaterThan(200);
  for (const count of [chained, included, reverse]) expect(count).toBeGreaterThan(0);
  python.stop();
});

for (const { file, program, client, scope, kinds, found } of CLIENTS) {
  test(`${file} of a ${client.toLowerCase()} of ${program.name} signs a member in, refreshes and reads`, async ({ page, vendor, another, unique }) => {
    const app = await App.start();
    const { redirectUri } = app;
    const credentials = await sandboxApp(page, vendor, { name: `Python ${unique}`, program, redirectUri, client });
    const { issuer, fhir } = program;
    const python = PythonApp.start(file, { ...credentials, issuer, fhir, redirectUri, scope, kinds });
    const { authorize } = await python.hear();
    const callback = await allowAsSomebody(await another(), authorize, program, unique);
    python.tell({ callback });
    const answer = await python.hear();
    expect(answer).toMatchObject(found);
    expect(answer.patient).toMatch(/^[A-Za-z0-9.-]{1,64}$/);
    python.stop();
    app.stop();
  });
}
