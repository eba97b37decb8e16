// Pictures of pages of a running server, at two widths, with and without JavaScript, into the folder SHOTS.
//
//   cargo xtask shots                       the public pages
//   cargo xtask shots /owner /signin        these pages
//   cargo xtask shots --as demo-vendor /owner --dark
//                                           signed in; FLEX_PASSWORD is the password, FLEX_TOTP the key of the
//                                           authenticator app, which is otherwise kept beside the pictures

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { Authenticator } from './authenticator.mjs';

const url = process.env.FLEX_URL ?? 'http://127.0.0.1:3000';
const password = process.env.FLEX_PASSWORD ?? 'tall-orchid-river-42';
const folder = process.env.SHOTS ?? 'shots';
const { as, dark, paths } = parse(process.argv.slice(2));

function parse(words) {
  const result = { as: undefined, dark: false, paths: [] };
  while (words.length) {
    const word = words.shift();
    if (word === '--as') result.as = words.shift();
    else if (word === '--dark') result.dark = true;
    else result.paths.push(word);
  }
  if (!result.paths.length) result.paths = ['/', '/signin', '/signup', '/account/forgot-password', '/terms', '/no-such-page'];
  return result;
}

async function signIn(page) {
  await page.goto('/signin');
  await page.locator('[name$="login]"], [name="login"]').fill(as);
  await page.locator('input[type=password]').fill(password);
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForURL((address) => address.pathname !== '/signin');
  if (new URL(page.url()).pathname === '/signin/code') await enterCode(page, key());
  await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
  // Staff need two-step sign-in before their portal opens.
  await page.goto(paths[0]);
  if (new URL(page.url()).pathname === '/account/second-factor' && page.url().includes('next=')) await setUp(page);
  return page.context().storageState();
}

/** The key of this demonstration account's app, from an earlier run. */
function key() {
  const file = keyFile();
  if (process.env.FLEX_TOTP) return process.env.FLEX_TOTP;
  if (existsSync(file)) return readFileSync(file, 'utf8');
  throw new Error(`${as} has two-step sign-in; give the key of its app as FLEX_TOTP, or run: flex admin reset --id ${as}`);
}

function keyFile() {
  return join(folder, `${as}.totp`);
}

async function setUp(page) {
  await page.locator('main form button[type=submit]').click();
  const secret = await page.locator('#totp-secret').innerText();
  writeFileSync(keyFile(), secret);
  await enterCode(page, secret);
  await page.waitForURL((address) => address.pathname.endsWith('/recovery-codes'));
}

async function enterCode(page, secret) {
  await page.locator('#code').fill(await new Authenticator(secret).next());
  await page.locator('main form button[type=submit]').first().click();
}

async function shoot(page, path, name) {
  const answer = await page.goto(path, { waitUntil: 'networkidle' });
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const file = join(folder, `${name}.png`);
  await page.screenshot({ path: file, fullPage: true });
  console.log(`${answer?.status()} ${path} → ${file}${wider > 0 ? `  (${wider} px wider than the window)` : ''}`);
}

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
// Signs in only once: a code works once.
const storageState = as && (await signIn(await browser.newPage({ baseURL: url })));
for (const javaScriptEnabled of [true, false]) {
  for (const [width, height] of [[1280, 900], [390, 844]]) {
    const look = { baseURL: url, storageState, javaScriptEnabled, viewport: { width, height }, colorScheme: dark ? 'dark' : 'light' };
    const context = await browser.newContext(look);
    const page = await context.newPage();
    page.on('pageerror', (error) => console.log(`  error on ${page.url()}: ${error.message}`));
    page.on('console', (message) => message.type() === 'error' && console.log(`  ${page.url()}: ${message.text()}`));
    for (const path of paths) {
      const words = [path.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'landing', width];
      await shoot(page, path, [...words, javaScriptEnabled ? 'js' : 'nojs', ...(dark ? ['dark'] : [])].join('-'));
    }
    await context.close();
  }
}
await browser.close();
