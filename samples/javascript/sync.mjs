// Reads what changed since the last time. Keep SINCE, and start the next time from it.
const { FLEX_FHIR, ACCESS_TOKEN, PATIENT, SINCE = '2000-01-01T00:00:00Z' } = process.env;

let newest = SINCE;
let next = `${FLEX_FHIR}/ExplanationOfBenefit?patient=${PATIENT}&_count=50&_lastUpdated=gt${SINCE}`;
while (next) {
  const response = await fetch(next, { headers: { authorization: `Bearer ${ACCESS_TOKEN}` } });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  const page = await response.json();
  for (const { resource, search } of page.entry ?? []) {
    if (search.mode !== 'match') continue;
    console.log(resource.id, resource.meta.versionId);
    if (newest < resource.meta.lastUpdated) newest = resource.meta.lastUpdated;
  }
  next = page.link.find((link) => link.relation === 'next')?.url;
}
console.log(`SINCE=${newest}`);
