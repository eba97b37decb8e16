import { randomBytes } from 'node:crypto';
import { defineConfig, devices } from '@playwright/test';
import { dataFolder, flexUrl, inboxUrl, providerUrl, smtpPort } from './addresses';

const { FLEX_BINARY, CHROMIUM } = process.env;
if (!FLEX_BINARY) throw new Error('FLEX_BINARY is not set to a server: run `cargo xtask test browser`');

// How the payer's identity provider knows the server under test.
const PROVIDER = { PROVIDER_URL: providerUrl, PROVIDER_SECRET: randomBytes(32).toString('base64url'), FLEX_URL: flexUrl };

// Quiet, and offline except for the servers below.
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const chromium = { ...devices['Desktop Chrome'], launchOptions: { executablePath: CHROMIUM, args } };

export default defineConfig({
  testDir: 'tests',
  // The server under test shares the cores with the browsers.
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  // Without motion: during the transition from one theme to the other, a color's contrast is not worth measuring.
  use: { baseURL: flexUrl, trace: 'retain-on-failure', locale: 'en-US', contextOptions: { reducedMotion: 'reduce' } },
  projects: [
    { name: 'chromium', use: chromium, testIgnore: '**/tests/lighthouse/**' },
    // What every page must be able to do: everything but convenience.
    {
      name: 'no-js',
      use: { ...chromium, javaScriptEnabled: false },
      testIgnore: ['**/tests/clients/**', '**/tests/islands/**', '**/tests/lighthouse/**', '**/tests/looks/**'],
    },
    // It measures time, so nothing else may run beside it.
    { name: 'lighthouse', use: chromium, testMatch: '**/tests/lighthouse/**', dependencies: ['chromium', 'no-js'] },
  ],
  webServer: [
    {
      command: 'node servers/mail.mjs',
      url: `${inboxUrl}/messages`,
      env: { SMTP_PORT: smtpPort, INBOX_PORT: new URL(inboxUrl).port },
    },
    {
      command: 'node servers/provider.mjs',
      url: `${providerUrl}/.well-known/openid-configuration`,
      env: PROVIDER,
      stderr: 'ignore',
    },
    {
      command: 'node servers/flex.mjs',
      url: `${flexUrl}/readyz`,
      env: { ...PROVIDER, FLEX_BINARY, FLEX_DATA: dataFolder, FLEX_URL: flexUrl, SMTP_PORT: smtpPort },
      timeout: 120_000,
      stdout: 'ignore',
      gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    },
  ],
});
