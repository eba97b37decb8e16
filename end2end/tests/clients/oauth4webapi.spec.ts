// npm's oauth4webapi, which checks every answer strictly against its RFC.

import * as oauth from 'oauth4webapi';
import { App } from '../../fixtures/app';
import { begin, discover, plain } from '../../fixtures/oauth4webapi';
import { california } from '../../fixtures/programs';
import { expect, test } from '../../fixtures/test';
import { allowAsSomebody } from '../../pages/consent';
import { sandboxApp } from '../../pages/owner';

test('oauth4webapi, confidential: code, id_token, userinfo, refresh, introspection, revocation', async ({ page, vendor, another, unique }) => {
  const app = await App.start();
  const registration = { name: `Web API ${unique}`, program: california, redirectUri: app.redirectUri } as const;
  const { clientId, clientSecret } = await sandboxApp(page, vendor, { ...registration, client: 'Confidential client' });
  const [as, client]: [oauth.AuthorizationServer, oauth.Client] = [await discover(), { client_id: clientId }];
  const proof = oauth.ClientSecretBasic(clientSecret ?? '');
  expect(as.authorization_response_iss_parameter_supported, 'so that `iss` is checked (RFC 9207)').toBe(true);
  const { kept, request } = await begin(client, app.redirectUri, 'openid fhirUser offline_access patient/Patient.read');

  const back = await allowAsSomebody(await another(), `${as.authorization_endpoint}?${request}`, california, unique);
  const callback = oauth.validateAuthResponse(as, client, back, kept.state);
  const response = await oauth.authorizationCodeGrantRequest(as, client, proof, callback, app.redirectUri, kept.verifier, plain);
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, { expectedNonce: kept.nonce, requireIdToken: true });
  await oauth.validateApplicationLevelSignature(as, response, plain);

  const claims = oauth.getValidatedIdTokenClaims(tokens);
  const { sub, fhirUser } = { sub: claims?.sub, fhirUser: claims?.fhirUser };
  expect(fhirUser).toBe(`${california.fhir}/Patient/${tokens.patient}`);
  const userinfo = await oauth.userInfoRequest(as, client, tokens.access_token, plain);
  expect(await oauth.processUserInfoResponse(as, client, sub ?? '', userinfo)).toMatchObject({ fhirUser });
  const read = await oauth.protectedResourceRequest(tokens.access_token, 'GET', new URL(String(fhirUser)), undefined, undefined, plain);
  expect(await read.json()).toMatchObject({ resourceType: 'Patient', id: tokens.patient });

  const refresh = await oauth.refreshTokenGrantRequest(as, client, proof, tokens.refresh_token ?? '', plain);
  const refreshed = await oauth.processRefreshTokenResponse(as, client, refresh);
  await oauth.validateApplicationLevelSignature(as, refresh, plain);
  expect(oauth.getValidatedIdTokenClaims(refreshed)?.sub).toBe(sub);

  const introspect = async (token: string) =>
    oauth.processIntrospectionResponse(as, client, await oauth.introspectionRequest(as, client, proof, token, plain));
  expect(await introspect(refreshed.access_token)).toMatchObject({ active: true, client_id: clientId, patient: tokens.patient });
  await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, proof, tokens.refresh_token ?? '', plain));
  expect(await introspect(refreshed.access_token)).toEqual({ active: false });
  const ended = oauth.protectedResourceRequest(refreshed.access_token, 'GET', new URL(String(fhirUser)), undefined, undefined, plain);
  await expect(ended).rejects.toMatchObject({ status: 401, cause: [{ scheme: 'bearer', parameters: { error: 'invalid_token' } }, { scheme: 'dpop' }] });
  app.stop();
});

test('oauth4webapi, public: a pushed request and every token bound to the key of the app', async ({ page, vendor, another, unique }) => {
  const app = await App.start();
  const registration = { name: `Pushed ${unique}`, program: california, redirectUri: app.redirectUri } as const;
  const { clientId } = await sandboxApp(page, vendor, { ...registration, client: 'Public client' });
  const [as, client]: [oauth.AuthorizationServer, oauth.Client] = [await discover(), { client_id: clientId }];
  const bound = { ...plain, DPoP: oauth.DPoP(client, await oauth.generateKeyPair('ES256')) };
  const { kept, request } = await begin(client, app.redirectUri, 'openid offline_access patient/Patient.read');
  const push = await oauth.pushedAuthorizationRequest(as, client, oauth.None(), request, bound);
  const { request_uri } = await oauth.processPushedAuthorizationResponse(as, client, push);
  const short = new URLSearchParams({ client_id: clientId, request_uri });

  const back = await allowAsSomebody(await another(), `${as.authorization_endpoint}?${short}`, california, unique);
  const callback = oauth.validateAuthResponse(as, client, back, kept.state);
  const exchange = (key: object) =>
    oauth.authorizationCodeGrantRequest(as, client, oauth.None(), callback, app.redirectUri, kept.verifier, { ...plain, ...key });
  const stolen = exchange({ DPoP: oauth.DPoP(client, await oauth.generateKeyPair('ES256')) });
  await expect(stolen.then((refused) => oauth.processAuthorizationCodeResponse(as, client, refused))).rejects.toMatchObject({
    error: 'invalid_grant',
  });
  const response = await exchange(bound);
  const checks = { expectedNonce: kept.nonce, requireIdToken: true };
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, checks);
  expect(tokens.token_type).toBe('dpop');

  const patient = new URL(`${california.fhir}/Patient/${tokens.patient}`);
  const refresh = await oauth.refreshTokenGrantRequest(as, client, oauth.None(), tokens.refresh_token ?? '', bound);
  const refreshed = await oauth.processRefreshTokenResponse(as, client, refresh);
  const read = await oauth.protectedResourceRequest(refreshed.access_token, 'GET', patient, undefined, undefined, bound);
  expect(read.status).toBe(200);
  await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, oauth.None(), refreshed.access_token, plain));
  const ended = oauth.protectedResourceRequest(refreshed.access_token, 'GET', patient, undefined, undefined, bound);
  await expect(ended).rejects.toMatchObject({ status: 401 });
  app.stop();
});

test('oauth4webapi reads the directory with client credentials', async ({ page, vendor, unique }) => {
  const app = await App.start();
  const registration = { name: `Directory ${unique}`, program: california, redirectUri: app.redirectUri } as const;
  const access = { client: 'Confidential client', access: ['Patient', 'Public'] } as const;
  const { clientId, clientSecret } = await sandboxApp(page, vendor, { ...registration, ...access });
  const [as, client]: [oauth.AuthorizationServer, oauth.Client] = [await discover(), { client_id: clientId }];
  const proof = oauth.ClientSecretPost(clientSecret ?? '');
  const asked = { scope: 'public/Practitioner.read' };
  const response = await oauth.clientCredentialsGrantRequest(as, client, proof, asked, plain);
  const tokens = await oauth.processClientCredentialsResponse(as, client, response);
  expect(tokens).toMatchObject({ token_type: 'bearer', scope: asked.scope });
  const search = new URL(`${california.fhir}/Practitioner?_count=5`);
  const found = await oauth.protectedResourceRequest(tokens.access_token, 'GET', search, undefined, undefined, plain);
  expect((await found.json()).entry).toHaveLength(5);
  app.stop();
});
