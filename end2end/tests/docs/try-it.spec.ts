// "Try it": requests from the documentation as a test member, and the code that it offers for elsewhere, run as it stands.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fitsWindow } from '../../fixtures/look';
import { expect, test } from '../../fixtures/test';

const run = promisify(execFile);
const { PATH, HOME, PYTHON = 'python3' } = process.env;

test('an example of the documentation runs after signing in as a test member, and elsewhere', async ({ page, accessible }) => {
  await page.goto('/docs/oph-ca/Patient');
  await page.getByRole('link', { name: 'Try a request of your own' }).click();
  await accessible(page);
  await page.getByRole('button', { name: 'Search', exact: true }).last().click();
  await expect(page.getByText('This request needs a token.')).toBeVisible();
  const member = (await page.getByLabel('Test member').locator('option:checked').textContent())?.split(' (')[0] ?? '';
  await page.getByRole('button', { name: 'Sign in' }).click();

  await expect(page).toHaveURL(/\/consent\//);
  await expect(page.getByText('A visitor of the documentation')).toBeVisible();
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page).toHaveURL(/\/try-it\/Patient\?do=search/);
  await expect(page.getByText(/^Status 200, \d+ ms on the server/)).toBeVisible();
  await expect(page.locator('#answer')).toContainText('"resourceType": "Bundle"');
  await accessible(page);

  await page.getByText('The same request elsewhere').click();
  const code = async (name: string) => page.locator('figure', { hasText: name }).locator('code').textContent() ?? '';
  const token = (await code('The access token of this session'))?.replace('export TOKEN=', '') ?? '';
  const env = { PATH, HOME, TOKEN: token, PYTHONDONTWRITEBYTECODE: '1' };
  const commands: [string, string, string[]][] = [
    ['curl', 'bash', ['-c']],
    ['JavaScript', process.execPath, ['--input-type=module', '--eval']],
    ['Python', PYTHON, ['-c']],
  ];
  for (const [name, program, words] of commands) {
    const { stdout } = await run(program, [...words, (await code(name)) ?? ''], { env });
    expect(stdout, name).toContain('Bundle');
  }

  await page.goto('/docs/oph-ca/try-it');
  await expect(page.getByRole('main')).toContainText(member);
  await page.getByText('What happened, step by step').click();
  await expect(page.getByText('code_challenge_method=S256')).toBeVisible();
  await accessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await fitsWindow(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
});

test('an error and a refusal are explained', async ({ page, accessible }) => {
  await page.goto('/docs/idaho/try-it/Location?do=search&nonsense=1');
  await expect(page.getByText('What the error means')).toBeVisible();
  await accessible(page);
  await page.getByRole('link', { name: 'the list of errors' }).click();
  await expect(page).toHaveURL(/\/errors#error-400-/);

  await page.goto('/docs/idaho/try-it');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('The server did not give a token')).toBeVisible();
  await expect(page.getByRole('main')).toContainText('access_denied');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await accessible(page);
});
