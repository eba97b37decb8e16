// The whole flow in one file: it signs a member in, gets a token and reads the member's record. Node.js 18 or later.
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
const { FLEX_AUTHZ, FLEX_FHIR, CLIENT_ID, SCOPE = 'patient/Patient.read patient/ExplanationOfBenefit.read' } = process.env;

const verifier = randomBytes(48).toString('base64url');
const state = randomBytes(16).toString('base64url');

const server = createServer(async (request, response) => {
  const back = new URL(request.url, redirectUri);
  if (back.pathname !== '/callback' || back.searchParams.get('state') !== state) return response.writeHead(404).end();
  response.end('Go back to the terminal. You can close this page.');
  server.close();
  const refused = back.searchParams.get('error');
  if (refused) return console.log(`The member did not allow it: ${refused}`);
  const { access_token, patient } = await post('/oauth/token', {
    grant_type: 'authorization_code',
    code: back.searchParams.get('code'),
    redirect_uri: redirectUri,
    client_id: CLIENT_ID,
    code_verifier: verifier,
  });
  const member = await read(`Patient/${patient}`, access_token);
  console.log(`${member.name[0].given.join(' ')} ${member.name[0].family}, born ${member.birthDate}`);
  const claims = await read(`ExplanationOfBenefit?patient=${patient}&_count=5`, access_token);
  for (const { resource } of claims.entry ?? []) console.log(resource.id, resource.created, resource.type.coding[0].code);
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const redirectUri = `http://127.0.0.1:${server.address().port}/callback`;

const query = new URLSearchParams({
  response_type: 'code',
  client_id: CLIENT_ID,
  redirect_uri: redirectUri,
  scope: SCOPE,
  state,
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
});
console.log(`Open this address in your browser:\n${FLEX_AUTHZ}/oauth/authorize?${query}`);

async function post(path, form) {
  return json(await fetch(`${FLEX_AUTHZ}${path}`, { method: 'POST', body: new URLSearchParams(form) }));
}

async function read(path, token) {
  return json(await fetch(`${FLEX_FHIR}/${path}`, { headers: { authorization: `Bearer ${token}` } }));
}

async function json(response) {
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}
