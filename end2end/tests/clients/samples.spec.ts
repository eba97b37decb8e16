// The code samples that the documentation shows, run as vendors run them: the files themselves, with environment variables.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { flexUrl } from '../../addresses';
import { App } from '../../fixtures/app';
import { california } from '../../fixtures/programs';
import { expect, test } from '../../fixtures/test';
import { allowAsSomebody } from '../../pages/consent';
import { sandboxApp } from '../../pages/owner';

const FOLDER = fileURLToPath(new URL('../../../samples', import.meta.url));
const { PATH, HOME, PYTHON = 'python3', SAMPLES_BINARY, CI } = process.env;
type Variables = Record<string, string>;

interface Language {
  name: string;
  command: (sample: string) => [string, ...string[]];
}

const rust: Language[] = SAMPLES_BINARY ? [{ name: 'Rust', command: (sample) => [SAMPLES_BINARY, sample] }] : [];
if (!SAMPLES_BINARY && CI) throw new Error('SAMPLES_BINARY is not set to the samples in Rust: run `cargo xtask test browser`');
const LANGUAGES: Language[] = [
  { name: 'curl', command: (sample) => ['bash', `curl/${sample}.sh`] },
  { name: 'JavaScript', command: (sample) => [process.execPath, `javascript/${sample}.mjs`] },
  { name: 'Python', command: (sample) => [PYTHON, `python/${sample}.py`] },
  ...rust,
];

/** Runs a sample to its end, and returns the lines that it prints. */
async function run(language: Language, sample: string, variables: Variables): Promise<string[]> {
  const [program, ...words] = language.command(sample);
  const env = { PATH, HOME, PYTHONDONTWRITEBYTECODE: '1', FLEX_AUTHZ: california.issuer, FLEX_FHIR: california.fhir, FLEX_PUBLIC: `${flexUrl}/fhirpublic/oph/ca/R4`, ...variables };
  const child = spawn(program, words, { cwd: FOLDER, env });
  let [printed, complaints] = ['', ''];
  child.stdout.on('data', (text) => (printed += text));
  child.stderr.on('data', (text) => (complaints += text));
  const status = await new Promise((ended) => child.on('close', ended));
  expect(status, `${language.name} ${sample}: ${complaints}`).toBe(0);
  return printed.split('\n').filter((line) => line !== '');
}

/** What a sample prints as `NAME=value`. */
function printed(lines: string[], name: string): string {
  const line = lines.find((line) => line.startsWith(`${name}=`));
  expect(line, `${name} in ${lines.join('\n')}`).toBeDefined();
  return line?.slice(name.length + 1) ?? '';
}

for (const language of LANGUAGES) {
  test(`the samples in ${language.name} take a member from the consent page to claims, changes and the end`, async ({ page, vendor, another, unique }) => {
    const app = await App.start();
    const { redirectUri } = app;
    const registration = { name: `Samples ${unique}`, program: california, redirectUri, client: 'Confidential client' } as const;
    const { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET = '' } = await sandboxApp(page, vendor, registration);
    const client = { CLIENT_ID, CLIENT_SECRET, REDIRECT_URI: redirectUri };

    const SCOPE = 'offline_access patient/Patient.read patient/ExplanationOfBenefit.read';
    const asked = await run(language, 'authorize', { ...client, SCOPE });
    const url = printed(asked, 'AUTHORIZE_URL');
    const back = await allowAsSomebody(await another(), url, california, unique);
    expect(back.searchParams.get('state')).toBe(printed(asked, 'STATE'));
    const CODE = back.searchParams.get('code') ?? '';
    const exchanged = await run(language, 'exchange', { ...client, CODE, CODE_VERIFIER: printed(asked, 'CODE_VERIFIER') });
    const { patient, refresh_token } = JSON.parse(exchanged.join('\n'));
    const refreshed = await run(language, 'refresh', { ...client, REFRESH_TOKEN: refresh_token });
    const { access_token } = JSON.parse(refreshed.join('\n'));
    const member = { ACCESS_TOKEN: access_token, PATIENT: patient };

    const claims = await run(language, 'claims', member);
    expect(claims.length, 'more than one page of three').toBeGreaterThan(3);
    expect(new Set(claims).size).toBe(claims.length);
    for (const claim of claims) expect(claim).toMatch(/^\S+ \d{4}-\d\d-\d\d\S* \S+$/);
    const first = await run(language, 'sync', member);
    expect(first.slice(0, -1).map((line) => line.split(' ')[0]).sort()).toEqual(claims.map((line) => line.split(' ')[0]).sort());
    const SINCE = printed(first, 'SINCE');
    expect(await run(language, 'sync', { ...member, SINCE }), 'nothing changed').toEqual([`SINCE=${SINCE}`]);

    const answers = async (REQUEST: string, token = access_token) => (await run(language, 'errors', { ACCESS_TOKEN: token, REQUEST })).join('\n');
    expect(await answers(`Patient/${patient}`)).toBe('200 Patient');
    expect(await answers('Coverage')).toContain('403 ask the member for the scope: ');
    expect(await answers('Patient/nowhere')).toBe('404 not-found');
    expect(await answers('Patient', 'made-up')).toBe('401 check how you send the token');

    expect(await run(language, 'revoke', { ...client, REFRESH_TOKEN: refresh_token })).toEqual(['200']);
    expect(await answers('Patient')).toBe('401 ask the member again');
    app.stop();
  });

  test(`the samples in ${language.name} read the directory with and without a token`, async ({ page, vendor, unique }) => {
    const redirectUri = 'https://acme.example/callback';
    const registration = { name: `Directory ${unique}`, program: california, redirectUri, client: 'Confidential client', access: ['Patient', 'Public'] } as const;
    const { clientId, clientSecret = '' } = await sandboxApp(page, vendor, registration);
    const open = await run(language, 'directory', {});
    const authenticated = await run(language, 'client-credentials', { CLIENT_ID: clientId, CLIENT_SECRET: clientSecret });
    for (const lines of [open, authenticated]) {
      expect(lines).toHaveLength(5);
      for (const line of lines) expect(line).toMatch(/^[A-Za-z0-9.-]{1,64} \S/);
    }
  });
}
