// Makes the address to which you send the member's browser, with PKCE. Keep the verifier and the state until the member is back.
import { createHash, randomBytes } from 'node:crypto';
const { FLEX_AUTHZ, CLIENT_ID, REDIRECT_URI, SCOPE } = process.env;

const verifier = randomBytes(48).toString('base64url');
const state = randomBytes(16).toString('base64url');
const query = new URLSearchParams({
  response_type: 'code',
  client_id: CLIENT_ID,
  redirect_uri: REDIRECT_URI,
  scope: SCOPE,
  state,
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
});

console.log(`CODE_VERIFIER=${verifier}`);
console.log(`STATE=${state}`);
console.log(`AUTHORIZE_URL=${FLEX_AUTHZ}/oauth/authorize?${query}`);
