// Tokens that we must not accept from a provider or from anyone in its place: each is wrong in exactly one respect.

import { createHmac, createPublicKey, generateKeyPairSync, randomBytes, sign as signed } from 'node:crypto';

/** The provider's key, and one that no one announced. */
const own = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

/** The provider's key set. */
export const jwks = { keys: [{ ...own.export({ format: 'jwk' }), kid: 'provider', use: 'sig', alg: 'RS256' }] };

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const minutes = (count) => Math.floor(Date.now() / 1000) + count * 60;

function jwt(header, claims, mac = (message) => signed('sha256', Buffer.from(message), own)) {
  const message = `${part(header)}.${part(claims)}`;
  return `${message}.${mac(message).toString('base64url')}`;
}

const byForeignKey = (message) => signed('sha256', Buffer.from(message), foreign);
const byPublicKey = (message) => {
  const secret = createPublicKey(own).export({ type: 'spki', format: 'pem' });
  return createHmac('sha256', secret).update(message).digest();
};
/** A token with changed claims that is otherwise valid. */
const claiming = (change) => (header, claims) => jwt(header, { ...claims, ...change(claims) });

const TAMPERINGS = {
  'no tampering': (header, claims) => jwt(header, claims),
  'another nonce': claiming(() => ({ nonce: randomBytes(16).toString('base64url') })),
  'no nonce': claiming(() => ({ nonce: undefined })),
  'another iss': claiming(({ iss }) => ({ iss: `${iss}/` })),
  'another aud': claiming(() => ({ aud: 'someone-else' })),
  'one more aud': claiming(({ aud }) => ({ aud: [aud, 'someone-else'] })),
  'another azp': claiming(() => ({ azp: 'someone-else' })),
  'no sub': claiming(() => ({ sub: undefined })),
  expired: claiming(() => ({ exp: minutes(-2) })),
  'of another time': claiming(() => ({ iat: minutes(-20) })),
  'of another access token': claiming(() => ({ at_hash: randomBytes(16).toString('base64url') })),
  'another key of the same kid': (header, claims) => jwt(header, claims, byForeignKey),
  'an unknown kid': (header, claims) => jwt({ ...header, kid: 'unknown' }, claims, byForeignKey),
  'alg none': (header, claims) => jwt({ ...header, alg: 'none' }, claims, () => Buffer.alloc(0)),
  'alg HS256 with the public key': (header, claims) => jwt({ ...header, alg: 'HS256' }, claims, byPublicKey),
  'changed claims under the old signature': (header, claims, signature) =>
    jwt(header, { ...claims, sub: 'someone-else' }, () => signature),
};

export const tamperings = Object.keys(TAMPERINGS).filter((name) => name !== 'no tampering');

/** Signing in as `number~tampering` makes someone the member with that number, through an id_token that is tampered with. */
export function split(login) {
  const [member, tampering = 'no tampering'] = login.split('~');
  return { member, tampering };
}

/** A layer around the provider's endpoints. */
export async function tamper(context, next) {
  await next();
  const login = context.oidc?.entities.Account?.accountId;
  if (context.oidc?.route !== 'token' || !context.body?.id_token || !login?.includes('~')) return;
  const [header, claims, signature] = context.body.id_token.split('.').map((text) => Buffer.from(text, 'base64url'));
  const change = TAMPERINGS[split(login).tampering];
  context.body.id_token = change(JSON.parse(header), JSON.parse(claims), signature);
}
