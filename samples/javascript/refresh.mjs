// Gets a new access token. If the answer has a refresh token too, keep that one from now on.
const { FLEX_AUTHZ, CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN } = process.env;

const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: REFRESH_TOKEN, client_id: CLIENT_ID });
if (CLIENT_SECRET) body.set('client_secret', CLIENT_SECRET);
const response = await fetch(`${FLEX_AUTHZ}/oauth/token`, { method: 'POST', body });
if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
console.log(JSON.stringify(await response.json(), null, 2));
