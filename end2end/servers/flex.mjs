// The server under test: the release binary with demonstration data in its own folder, which is deleted when it ends.

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const { FLEX_BINARY, FLEX_URL, SMTP_PORT, PROVIDER_URL, PROVIDER_SECRET } = process.env;
const data = process.env.FLEX_DATA;
// A killed run may have left something.
rmSync(data, { recursive: true, force: true });
mkdirSync(data, { mode: 0o700 });
// One payer has a provider; another payer's provider is down.
const settings = join(data, 'flex.toml');
writeFileSync(
  settings,
  [
    ['university-of-california', PROVIDER_URL],
    ['ibew-local-18', 'http://127.0.0.1:9'],
  ]
    .map(
      ([payer, issuer]) => `[payers.oph-ca.${payer}.sandbox]
issuer = "${issuer}"
client_id = "flex"
client_secret_env = "PROVIDER_SECRET"
`,
    )
    .join('\n'),
);
const env = {
  PROVIDER_SECRET,
  PATH: process.env.PATH,
  FLEX_DATA: data,
  FLEX_LISTEN: new URL(FLEX_URL).host,
  FLEX_PUBLIC_URL: FLEX_URL,
  // The tests choose from which network a person comes.
  FLEX_PROXIES: '127.0.0.1',
  // Requests without a choice come from our network: more people in a minute than any network.
  FLEX_LIMITS__ANONYMOUS_FORMS: '1000',
  FLEX_LOG__FILTER: process.env.FLEX_LOG__FILTER ?? 'warn',
  FLEX_MAIL__SMTP: `smtp://127.0.0.1:${SMTP_PORT}`,
  // An empty PostgreSQL on which the tests run instead of SQLite.
  ...(process.env.FLEX_DATABASE__URL ? { FLEX_DATABASE__URL: process.env.FLEX_DATABASE__URL } : {}),
};
const remove = () => rmSync(data, { recursive: true, force: true });

const demo = spawnSync(FLEX_BINARY, ['--config', settings, 'demo'], { env, stdio: 'inherit' });
if (demo.status !== 0) {
  remove();
  process.exit(demo.status ?? 1);
}
const server = spawn(FLEX_BINARY, ['--config', settings, 'serve'], { env, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => {
  remove();
  process.exit(code ?? 1);
});
