// A newcomer who does only what the quick start says: reads its text, copies its commands, follows its links.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Locator, Page } from '@playwright/test';
import { linkIn, mailTo } from '../../fixtures/inbox';
import { hasPython } from '../../fixtures/python';
import { expect, test } from '../../fixtures/test';
import { newPerson, signIn, type Person } from '../../pages/account';

const WORDS_A_MINUTE = 200;
const { PATH, HOME } = process.env;

/** The commands of a code block, running in an empty folder. */
class Terminal {
  private readonly folder = mkdtempSync(join(tmpdir(), 'quick-start-'));
  private readonly process;
  private readonly lines: AsyncIterator<string>;
  private complaints = '';

  constructor(commands: string) {
    this.process = spawn('bash', ['-e', '-c', commands], { cwd: this.folder, env: { PATH, HOME } });
    this.lines = createInterface(this.process.stdout)[Symbol.asyncIterator]();
    this.process.stderr.on('data', (text) => (this.complaints += text));
  }

  async line(): Promise<string> {
    const { done, value } = await this.lines.next();
    if (done) throw new Error(`the program ended: ${this.complaints}`);
    return value;
  }

  stop(): void {
    this.process.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The words that a step emphasizes: what a button or a person is called. */
const named = (step: Locator) => step.locator('strong').allInnerTexts();

async function createHealthcareId(page: Page, person: Person, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('Email address').fill(person.email);
  await page.getByLabel('Choose a Healthcare ID').fill(person.healthcareId);
  await page.getByLabel('Choose a password').fill(person.password);
  await page.getByRole('button', { name: 'Create Healthcare ID' }).click();
  await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible();
}

for (const { id, several, language } of [
  { id: 'oph-ca', several: true, language: 'javascript' },
  { id: 'idaho', several: false, language: 'javascript' },
  { id: 'idaho', several: false, language: 'python' },
]) {
  test(`a newcomer to ${id} reads a member's record in ${language} after a few steps`, async ({ page, another, unique, accessible }) => {
    test.skip(language === 'python' && !hasPython, 'needs Python');
    await page.goto(`/docs/${id}`);
    await page.locator('a:visible', { hasText: 'Quick start' }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: 'Quick start' })).toBeVisible();
    await accessible(page);
    const steps = page.locator('#quick-start-steps > li');
    const count = await steps.count();
    expect(count, 'actions').toBeLessThanOrEqual(12);
    const words = (await page.locator('article').innerText()).split(/\s+/).length;
    expect(words / WORDS_A_MINUTE, 'minutes of reading').toBeLessThanOrEqual(5);
    let next = 0;
    const step = () => steps.nth(next++);

    const browser = await another();
    const person = newPerson('Newcomer', unique);
    const link = await step().getByRole('link').getAttribute('href');
    await createHealthcareId(browser, person, link ?? '');
    const [confirm] = await named(step());
    await browser.goto(linkIn(await mailTo(person.email, 'Confirm your email address'), '/account/verify'));
    await browser.getByRole('button', { name: confirm }).click();

    const run = step().locator('pre');
    const python = page.locator('#in-python').locator('xpath=following::pre[1]');
    const terminal = new Terminal(await (language === 'python' ? python : run).innerText());
    await terminal.line();
    const address = await terminal.line();
    step();
    await browser.goto(address);
    if (several) {
      const [payer = '', button = ''] = await named(step());
      await browser.locator('label').filter({ hasText: payer }).click();
      await browser.getByRole('button', { name: button }).click();
    }
    if (await browser.getByLabel('Password', { exact: true }).isVisible()) await signIn(browser, person);
    const [member = '', choose = ''] = await named(step());
    await browser.getByRole('row').filter({ hasText: member }).getByRole('button', { name: choose }).click();
    const [allow] = await named(step());
    await browser.getByRole('button', { name: allow }).click();
    await expect(browser.getByText('Go back to the terminal.')).toBeVisible();
    const seen = await step().locator('pre').innerText();
    expect(next, 'every step was followed').toBe(count);
    expect(await terminal.line()).toBe(seen.trim());
    expect(await terminal.line(), 'the first claim').toMatch(/^\S+ \d{4}-\d\d-\d\d/);
    terminal.stop();
  });
}
