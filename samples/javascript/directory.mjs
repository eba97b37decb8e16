// Finds practitioners in the public directory. It needs no token.
const { FLEX_PUBLIC, NAME = 'a' } = process.env;

const response = await fetch(`${FLEX_PUBLIC}/Practitioner?${new URLSearchParams({ name: NAME, _count: '5' })}`);
if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
const bundle = await response.json();
for (const { resource } of bundle.entry ?? []) console.log(resource.id, resource.name[0].family);
