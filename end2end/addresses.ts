import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Where the servers of a test run are. `cargo xtask test` chooses free ports; these are the defaults for runs by
// hand.

const port = process.env.FLEX_PORT ?? '3100';

export const flexUrl = `http://127.0.0.1:${port}`;
/** The same server by name: browsers do not allow passkeys at an IP address. */
export const localhostUrl = `http://localhost:${port}`;
/** Where the server under test stores everything: for commands that operators run beside it. */
export const dataFolder = join(tmpdir(), `flex-end2end-${port}`);
export const smtpPort = process.env.SMTP_PORT ?? '3125';
export const inboxUrl = `http://127.0.0.1:${process.env.INBOX_PORT ?? '3180'}`;

/** A payer's identity provider. */
export const providerUrl = `http://127.0.0.1:${process.env.PROVIDER_PORT ?? '3190'}`;

/** The address of one of the deployment's hosts: `authz.sandbox` is `http://authz.sandbox.localhost:3100`. */
export function hostUrl(name: string): string {
  return `http://${name}.localhost:${port}`;
}
