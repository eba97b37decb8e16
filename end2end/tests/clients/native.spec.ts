// Apps on phones and desktops (RFC 8252), as AppAuth makes them: public clients that open the system's browser and
// receive the callback through their own scheme or on a port of this machine.

import type { BrowserContext } from '@playwright/test';
import * as oauth from 'oauth4webapi';
import { App } from '../../fixtures/app';
import { unseen } from '../../fixtures/look';
import { begin, discover, plain } from '../../fixtures/oauth4webapi';
import { california } from '../../fixtures/programs';
import { expect, test } from '../../fixtures/test';
import { newPerson, signUp } from '../../pages/account';
import { allowAsSomebody, reachConsent } from '../../pages/consent';
import { sandboxApp } from '../../pages/owner';

const SCOPE = 'openid offline_access patient/Patient.read';

/** What the browser hands to the app with this scheme, in order. It follows a redirect there until it asks whether to open the app;
 * that question blocks the tab. */
function handedTo(scheme: string, browser: BrowserContext): URL[] {
  const handed: URL[] = [];
  browser.on('request', (request) => {
    if (request.url().startsWith(`${scheme}:`)) handed.push(new URL(request.url()));
  });
  return handed;
}

/** From the code to a read with a refreshed token. */
async function useCode(as: oauth.AuthorizationServer, client: oauth.Client, back: URL, redirectUri: string, kept: Awaited<ReturnType<typeof begin>>['kept']) {
  const callback = oauth.validateAuthResponse(as, client, back, kept.state);
  const response = await oauth.authorizationCodeGrantRequest(as, client, oauth.None(), callback, redirectUri, kept.verifier, plain);
  const checks = { expectedNonce: kept.nonce, requireIdToken: true };
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, checks);
  const refresh = await oauth.refreshTokenGrantRequest(as, client, oauth.None(), tokens.refresh_token ?? '', plain);
  const { access_token } = await oauth.processRefreshTokenResponse(as, client, refresh);
  const patient = new URL(`${california.fhir}/Patient/${tokens.patient}`);
  const read = await oauth.protectedResourceRequest(access_token, 'GET', patient, undefined, undefined, plain);
  expect(await read.json()).toMatchObject({ resourceType: 'Patient', id: tokens.patient });
}

test('an app with its own scheme gets its callback through it, each time only after consent', async ({ page, vendor, another, unique }) => {
  // A scheme belongs to one vendor.
  const scheme = `com.example.app${unique}`;
  const redirectUri = `${scheme}://callback`;
  const registration = { name: `Phone ${unique}`, program: california, redirectUri, client: 'Public client' } as const;
  const { clientId } = await sandboxApp(page, vendor, registration);
  const [as, client]: [oauth.AuthorizationServer, oauth.Client] = [await discover(), { client_id: clientId }];
  const visitor = await another();
  const handed = handedTo(scheme, visitor.context());
  const member = newPerson('Member', unique);
  await signUp(visitor, member);

  const first = await begin(client, redirectUri, SCOPE);
  await visitor.goto(`${as.authorization_endpoint}?${first.request}`);
  await reachConsent(visitor, california, member, unseen);
  await visitor.getByRole('button', { name: 'Allow' }).click();
  await expect.poll(() => handed.length).toBe(1);
  await useCode(as, client, handed[0] as URL, redirectUri, first.kept);

  // Any app may have claimed the scheme in the meantime (RFC 8252 §8.6): nothing goes there that the member did not
  // just allow.
  const second = await begin(client, redirectUri, SCOPE);
  const launch = `${california.issuer}/county-of-ventura/oauth/authorize`;
  const tab = await visitor.context().newPage();
  await tab.goto(`${launch}?${second.request}`, { waitUntil: 'networkidle' });
  await expect(tab.getByRole('heading', { name: /asks to see your health data/ })).toBeVisible();
  expect(handed).toHaveLength(1);
  await tab.getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(() => handed.length).toBe(2);
  expect(handed[1]?.searchParams.get('error')).toBe('access_denied');

  const silent = await begin(client, redirectUri, SCOPE);
  silent.request.set('prompt', 'none');
  const opened = (await visitor.context().newPage()).goto(`${launch}?${silent.request}`);
  await expect(opened, 'the browser stays where it is').rejects.toThrow(/ERR_ABORTED/);
  await expect.poll(() => handed.length).toBe(3);
  expect(handed[2]?.searchParams.get('error')).toBe('consent_required');
});

test('an app on this machine gets its callback on any port', async ({ page, vendor, another, unique }) => {
  const redirectUri = 'http://127.0.0.1/callback';
  const registration = { name: `Desktop ${unique}`, program: california, redirectUri, client: 'Public client' } as const;
  const { clientId } = await sandboxApp(page, vendor, registration);
  const [as, client]: [oauth.AuthorizationServer, oauth.Client] = [await discover(), { client_id: clientId }];
  const [once, again] = [await App.start(), await App.start()];
  for (const app of [once, again]) {
    const { kept, request } = await begin(client, app.redirectUri, SCOPE);
    const back = await allowAsSomebody(await another(), `${as.authorization_endpoint}?${request}`, california, `${unique}-${new URL(app.redirectUri).port}`);
    expect(back.origin).toBe(new URL(app.redirectUri).origin);
    await useCode(as, client, back, app.redirectUri, kept);
  }
  once.stop();
  again.stop();
});
