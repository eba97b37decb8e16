// Pictures of pages of a running server, at two widths, with and without JavaScript, into the folder SHOTS.
//
//   cargo xtask shots                       the public pages
//   cargo xtask shots /owner /signin        these pages
//   cargo xtask shots --as demo-vendor /owner --dark
//                                           signed in; FLEX_PASSWORD is the password

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

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
  await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
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
for (const javaScriptEnabled of [true, false]) {
  for (const [width, height] of [[1280, 900], [390, 844]]) {
    const look = { baseURL: url, javaScriptEnabled, viewport: { width, height }, colorScheme: dark ? 'dark' : 'light' };
    const context = await browser.newContext(look);
    const page = await context.newPage();
    page.on('pageerror', (error) => console.log(`  error on ${page.url()}: ${error.message}`));
    page.on('console', (message) => message.type() === 'error' && console.log(`  ${page.url()}: ${message.text()}`));
    if (as) await signIn(page);
    for (const path of paths) {
      const words = [path.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'landing', width];
      await shoot(page, path, [...words, javaScriptEnabled ? 'js' : 'nojs', ...(dark ? ['dark'] : [])].join('-'));
    }
    await context.close();
  }
}
await browser.close();
