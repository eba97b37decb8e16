// Exchanges the code for tokens. First compare the state in the callback with yours. A confidential app also sends its secret.
const { FLEX_AUTHZ, CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, CODE, CODE_VERIFIER } = process.env;

const body = new URLSearchParams({
  grant_type: 'authorization_code',
  code: CODE,
  redirect_uri: REDIRECT_URI,
  code_verifier: CODE_VERIFIER,
  client_id: CLIENT_ID,
});
if (CLIENT_SECRET) body.set('client_secret', CLIENT_SECRET);
const response = await fetch(`${FLEX_AUTHZ}/oauth/token`, { method: 'POST', body });
if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
console.log(JSON.stringify(await response.json(), null, 2));
