// Gives a token back when the app no longer needs it. The answer is 200, also for a token that has ended already.
const { FLEX_AUTHZ, CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN } = process.env;

const body = new URLSearchParams({ token: REFRESH_TOKEN, client_id: CLIENT_ID });
if (CLIENT_SECRET) body.set('client_secret', CLIENT_SECRET);
const response = await fetch(`${FLEX_AUTHZ}/oauth/revoke`, { method: 'POST', body });
if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
console.log(response.status);
