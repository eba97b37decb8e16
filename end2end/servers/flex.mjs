// The server under test: the release binary with demonstration data in a folder of its own, which goes when it ends.

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';

const { FLEX_BINARY, FLEX_URL, SMTP_PORT } = process.env;
const data = process.env.FLEX_DATA;
// Of a run that was killed something may be left.
rmSync(data, { recursive: true, force: true });
mkdirSync(data, { mode: 0o700 });
const env = {
  PATH: process.env.PATH,
  FLEX_DATA: data,
  FLEX_LISTEN: new URL(FLEX_URL).host,
  FLEX_PUBLIC_URL: FLEX_URL,
  FLEX_LOG__FILTER: process.env.FLEX_LOG__FILTER ?? 'warn',
  FLEX_MAIL__SMTP: `smtp://127.0.0.1:${SMTP_PORT}`,
};
const remove = () => rmSync(data, { recursive: true, force: true });

const demo = spawnSync(FLEX_BINARY, ['demo'], { env, stdio: 'inherit' });
if (demo.status !== 0) {
  remove();
  process.exit(demo.status ?? 1);
}
const server = spawn(FLEX_BINARY, ['serve'], { env, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => {
  remove();
  process.exit(code ?? 1);
});
