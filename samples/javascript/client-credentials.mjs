// Gets a token for the app itself, and reads the directory with it.
const { FLEX_AUTHZ, FLEX_FHIR, CLIENT_ID, CLIENT_SECRET } = process.env;

const secret = Buffer.from(`${encodeURIComponent(CLIENT_ID)}:${encodeURIComponent(CLIENT_SECRET)}`).toString('base64');
const answer = await fetch(`${FLEX_AUTHZ}/oauth/token`, {
  method: 'POST',
  headers: { authorization: `Basic ${secret}` },
  body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'public/Practitioner.read' }),
});
if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
const { access_token } = await answer.json();

const response = await fetch(`${FLEX_FHIR}/Practitioner?_count=5`, { headers: { authorization: `Bearer ${access_token}` } });
if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
const bundle = await response.json();
for (const { resource } of bundle.entry ?? []) console.log(resource.id, resource.name[0].family);
