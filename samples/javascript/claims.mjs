// Reads all claims of the member, page by page.
const { FLEX_FHIR, ACCESS_TOKEN, PATIENT } = process.env;

let next = `${FLEX_FHIR}/ExplanationOfBenefit?patient=${PATIENT}&_count=3`;
while (next) {
  const response = await fetch(next, { headers: { authorization: `Bearer ${ACCESS_TOKEN}` } });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  const page = await response.json();
  for (const { resource } of page.entry ?? []) console.log(resource.id, resource.created, resource.type.coding[0].code);
  next = page.link.find((link) => link.relation === 'next')?.url;
}
