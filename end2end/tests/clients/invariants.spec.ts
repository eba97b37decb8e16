// Synthesized data meets the invariants of R4 and of the guides, according to npm's fhirpath.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Invariants, type Broken } from '../../fixtures/guides/invariants';
import { Packages, hasPackages, whyNoPackages } from '../../fixtures/guides/packages';
import { expect, test } from '../../fixtures/test';

/** Invariants that no data can meet as written. */
const DEFECTS = [
  // CARIN Blue Button 1.1.0 requires a category of amounts for each adjudication, and the same profiles require
  // adjudications with other categories (denial reason, allowed units). Its own examples have none of these.
  'adjudication-has-amount-type-slice',
  // US Core 4.0.0 asks for the type of several agents together.
  'provenance-1',
];

function synthesize(program: string): any[] {
  const folder = mkdtempSync(join(tmpdir(), 'flex-synthesized-'));
  const options = ['--program', program, '--environment', 'sandbox', '--members', '8', '--providers', '40', '--out', folder];
  const { FLEX_BINARY = '', PATH } = process.env;
  execFileSync(FLEX_BINARY, ['synthesize', ...options], { stdio: 'ignore', env: { PATH } });
  const lines = readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), 'utf8').trim().split('\n'));
  rmSync(folder, { recursive: true });
  return lines.map((line) => JSON.parse(line));
}

function withoutDefects(broken: Broken[]): Broken[] {
  return broken.filter(({ key }) => !DEFECTS.includes(key));
}

for (const program of ['oph-ca', 'idaho']) {
  test(`every invariant holds in what is synthesized for ${program}`, () => {
    test.skip(!hasPackages, whyNoPackages);
    test.slow();
    const resources = synthesize(program);
    const invariants = new Invariants(Packages.open(), resources);
    expect(withoutDefects(resources.flatMap((resource) => invariants.check(resource)))).toEqual([]);
    expect(invariants.count).toBeGreaterThan(20_000);
  });
}

test('a broken invariant is found, in types and in profiles', () => {
  test.skip(!hasPackages, whyNoPackages);
  const resources = synthesize('idaho');
  const invariants = new Invariants(Packages.open(), resources);
  const broken = (type: string, spoil: (resource: any) => void, profile = '') => {
    const found = resources.find(({ resourceType, meta }) => resourceType === type && JSON.stringify(meta).includes(profile));
    const spoiled = structuredClone(found);
    spoil(spoiled);
    return [...new Set(withoutDefects(invariants.check(spoiled)).map(({ key }) => key))];
  };

  expect(broken('Patient', () => {})).toEqual([]);
  expect(broken('Coverage', (coverage) => (coverage.period.end = '1999-01-01'))).toEqual(['per-1']);
  expect(broken('Organization', (organization) => (organization.telecom[0].use = 'home'))).toEqual(['org-3']);
  // The same rule in two editions of US Core; a Patient follows both.
  expect(broken('Patient', (patient) => (patient.name = [{ text: 'Ann Example' }]))).toEqual(['us-core-8', 'us-core-6']);
  const both = (claim: any) => (claim.item[0].adjudication = claim.adjudication = claim.item[0].adjudication ?? claim.adjudication);
  expect(broken('ExplanationOfBenefit', both, 'Inpatient')).toEqual(['EOB-institutional-item-or-header-adjudication']);
});
