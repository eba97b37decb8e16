// Unmodified public clients, as vendors will use them.

import { Client } from 'fhir-kit-client';
import * as openid from 'openid-client';
import { flexUrl } from '../../addresses';
import { App } from '../../fixtures/app';
import { unseen } from '../../fixtures/look';
import { california } from '../../fixtures/programs';
import { SmartApp } from '../../fixtures/smart';
import { expect, test } from '../../fixtures/test';
import { newPerson, signUp } from '../../pages/account';
import { allow, allowAsSomebody, reachConsent } from '../../pages/consent';
import { registerKeys, sandboxApp } from '../../pages/owner';

test('openid-client completes PKCE, checks the id_token and reads userinfo', async ({ page, vendor, another, unique }) => {
  const app = await App.start();
  const registration = { name: `Openid ${unique}`, program: california, redirectUri: app.redirectUri } as const;
  const { clientId } = await sandboxApp(page, vendor, { ...registration, client: 'Public client' });
  const config = await openid.discovery(new URL(california.issuer), clientId, undefined, openid.None(), {
    execute: [openid.allowInsecureRequests],
  });
  const checks = { pkceCodeVerifier: openid.randomPKCECodeVerifier(), expectedState: openid.randomState(), expectedNonce: openid.randomNonce() };
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: app.redirectUri,
    scope: 'openid fhirUser patient/Patient.read',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await openid.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
  });

  const back = await allowAsSomebody(await another(), url, california, unique);
  const tokens = await openid.authorizationCodeGrant(config, back, { ...checks, idTokenExpected: true });

  const claims = tokens.claims();
  expect(claims?.fhirUser).toBe(`${california.fhir}/Patient/${tokens.patient}`);
  const userinfo = await openid.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '');
  expect(userinfo.sub).toBe(claims?.sub);
  app.stop();
});

test('openid-client binds its tokens to its own key, and refreshes with it', async ({ page, vendor, another, unique }) => {
  const app = await App.start();
  const registration = { name: `Bound ${unique}`, program: california, redirectUri: app.redirectUri } as const;
  const { clientId } = await sandboxApp(page, vendor, { ...registration, client: 'Public client' });
  const config = await openid.discovery(new URL(california.issuer), clientId, undefined, openid.None(), {
    execute: [openid.allowInsecureRequests],
  });
  const DPoP = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair());
  const checks = { pkceCodeVerifier: openid.randomPKCECodeVerifier(), expectedState: openid.randomState() };
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: app.redirectUri,
    scope: 'openid patient/Patient.read',
    state: checks.expectedState,
    code_challenge: await openid.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
    dpop_jkt: await DPoP.calculateThumbprint(),
  });

  const back = await allowAsSomebody(await another(), url, california, unique);
  const tokens = await openid.authorizationCodeGrant(config, back, checks, undefined, { DPoP });

  expect(tokens.token_type).toBe('dpop');
  const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP });
  expect(refreshed.token_type).toBe('dpop');
  const patient = new URL(`${california.fhir}/Patient/${tokens.patient}`);
  const read = await openid.fetchProtectedResource(config, refreshed.access_token, patient, 'GET', undefined, undefined, { DPoP });
  expect(read.status).toBe(200);
  const userinfo = await openid.fetchUserInfo(config, refreshed.access_token, tokens.claims()?.sub ?? '', { DPoP });
  expect(userinfo.sub).toBe(tokens.claims()?.sub);
  const stolen = await fetch(patient, { headers: { authorization: `Bearer ${refreshed.access_token}` } });
  expect(stolen.status).toBe(401);
  app.stop();
});

test('openid-client pushes its request and signs with its own key', async ({ page, vendor, another, unique }) => {
  const app = await App.start();
  const { publicKey, privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const jwk = { ...(await crypto.subtle.exportKey('jwk', publicKey)), kid: 'one' };
  const registration = { name: `Signed ${unique}`, program: california, redirectUri: app.redirectUri } as const;
  const { clientId } = await sandboxApp(page, vendor, { ...registration, client: 'Confidential client' });
  await registerKeys(page, JSON.stringify({ keys: [jwk] }), unseen);
  const key = { key: privateKey, kid: 'one' };
  const config = await openid.discovery(new URL(california.issuer), clientId, undefined, openid.PrivateKeyJwt(key), {
    execute: [openid.allowInsecureRequests],
  });
  const checks = { pkceCodeVerifier: openid.randomPKCECodeVerifier(), expectedState: openid.randomState() };
  const url = await openid.buildAuthorizationUrlWithPAR(config, {
    redirect_uri: app.redirectUri,
    scope: 'patient/Patient.read',
    state: checks.expectedState,
    code_challenge: await openid.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);

  const visitor = await another();
  const member = newPerson('Member', unique);
  await signUp(visitor, member);
  await visitor.goto(url.href);
  await visitor.reload();
  await reachConsent(visitor, california, member, unseen);
  await allow(visitor);
  const back = new URL(visitor.url());
  const tokens = await openid.authorizationCodeGrant(config, back, checks);

  expect(tokens.scope).toBe('patient/Patient.read');
  expect((await openid.tokenIntrospection(config, tokens.access_token)).active).toBe(true);
  const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '');
  await openid.tokenRevocation(config, refreshed.access_token);
  expect((await openid.tokenIntrospection(config, refreshed.access_token)).active).toBe(false);
  app.stop();
});

test('fhirclient launches by SMART and lists the member’s claims', async ({ page, vendor, another, unique }) => {
  const app = new SmartApp(california.fhir, 'launch/patient patient/Patient.read patient/ExplanationOfBenefit.read');
  await app.start();
  const registration = { name: `Smart ${unique}`, program: california, redirectUri: app.url('/callback') } as const;
  app.credentials = await sandboxApp(page, vendor, { ...registration, client: 'Confidential client' });

  const visitor = await another();
  await allowAsSomebody(visitor, app.url('/launch'), california, unique);

  const found = JSON.parse(await visitor.locator('pre').innerText());
  expect(found.patient).toMatch(/^[A-Za-z0-9.-]{1,64}$/);
  expect(found.claims.length).toBeGreaterThan(3);
  expect(new Set(found.claims)).toEqual(new Set(['ExplanationOfBenefit']));
  app.stop();
});

test('fhir-kit-client pages through the directory', async () => {
  const client = new Client({ baseUrl: `${flexUrl}/fhirpublic/oph/ca/R4` });
  const ids = new Set<string>();
  let pages = 0;
  let bundle: any = await client.search({ resourceType: 'PractitionerRole', searchParams: { _count: '100' } });
  while (bundle) {
    pages += 1;
    for (const { resource } of bundle.entry ?? []) {
      expect(ids.has(resource.id), 'a resource came twice').toBe(false);
      ids.add(resource.id);
    }
    bundle = await client.nextPage({ bundle });
  }
  expect(pages).toBeGreaterThan(2);
  expect(ids.size).toBeGreaterThan(200);
  const [id] = ids;
  expect(await client.read({ resourceType: 'PractitionerRole', id: id ?? '' })).toMatchObject({ id });
});

test('fhir-kit-client chains and includes', async () => {
  const client = new Client({ baseUrl: `${flexUrl}/fhirpublic/oph/ca/R4` });
  const search = async (resourceType: string, searchParams: Record<string, string>) => {
    const bundle: any = await client.search({ resourceType, searchParams });
    const entries: any[] = bundle.entry ?? [];
    const of = (mode: string) => entries.filter((entry) => entry.search.mode === mode).map((entry) => entry.resource);
    return { matches: of('match'), included: of('include') };
  };
  const { matches: places } = await search('Location', { _count: '500' });
  const city: string = places.find((place) => place.address?.city).address.city;
  const there = new Set(places.filter((place) => place.address?.city === city).map((place) => `Location/${place.id}`));
  const chained = await search('PractitionerRole', { 'location.address-city:exact': city, _include: 'PractitionerRole:practitioner', _count: '10' });
  expect(chained.matches.length).toBeGreaterThan(0);
  for (const role of chained.matches) expect(role.location.some(({ reference }: any) => there.has(reference))).toBe(true);
  const wanted = new Set(chained.matches.map((role) => role.practitioner?.reference).filter(Boolean));
  expect(new Set(chained.included.map((person) => `Practitioner/${person.id}`))).toEqual(wanted);
  const [person] = chained.included;
  const back = await search('Practitioner', { _id: person.id, _revinclude: 'PractitionerRole:practitioner' });
  expect(back.included.map((role) => role.practitioner.reference)).toContain(`Practitioner/${person.id}`);
});
