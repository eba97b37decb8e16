// Live checks help, and never get in the way.

import { expect, test } from '../../fixtures/test';

for (const width of [1280, 390]) {
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: 844 } });

    test('one click on the button is enough while a field that is wrong has the focus', async ({ page }) => {
      await page.goto('/signup');
      await expect(page.locator('#email-live[data-ready]')).toBeAttached();
      for (const [label, wrong] of [['Email address', 'nonsense'], ['Choose a Healthcare ID', 'a b'], ['Choose a password', 'short']] as const) {
        await page.getByLabel(label).fill(wrong);
      }
      const button = page.getByRole('button', { name: 'Create Healthcare ID' });
      await button.scrollIntoViewIfNeeded();
      await page.getByLabel('Choose a password').focus();
      const box = await button.boundingBox();
      if (!box) throw new Error('no button');
      // As people do it: they aim before they leave the field.
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await page.mouse.down();
      await expect(page.locator('#password-live')).not.toBeEmpty();
      await page.mouse.up();
      await expect(page.getByRole('alert')).toContainText('There is a problem');
    });

    test('nothing moves when a field is left, whatever is wrong with it', async ({ page }) => {
      await page.goto('/signup');
      await expect(page.locator('#email-live[data-ready]')).toBeAttached();
      const places = () => page.locator('main input, main button, main label').evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect())));
      for (const [label, texts] of [
        ['Email address', ['nonsense', `${'a'.repeat(250)}@example.org`]],
        ['Choose a Healthcare ID', ['a b', 'a']],
        ['Choose a password', ['short']],
      ] as const) {
        const input = page.getByLabel(label);
        for (const text of texts) {
          await input.fill(text);
          const before = await places();
          await input.blur();
          await expect(input).toHaveAttribute('aria-invalid', 'true');
          expect(await places(), `${label}: ${text}`).toEqual(before);
          await input.fill('');
          await input.blur();
          await expect(input).not.toHaveAttribute('aria-invalid');
          expect(await places(), `${label}: empty`).toEqual(before);
        }
      }
    });

    test('what the server refused stays marked until it is changed', async ({ page }) => {
      await page.goto('/signup');
      await page.getByLabel('Email address').fill('nonsense');
      await page.getByRole('button', { name: 'Create Healthcare ID' }).click();
      await expect(page.getByRole('alert')).toBeVisible();
      await expect(page.locator('#email-live[data-ready]')).toBeAttached();
      const [email, said] = [page.getByLabel('Email address'), page.locator('#email-error')];
      const marked = async () => {
        await expect(email).toHaveAttribute('aria-invalid', 'true');
        await expect(email).toHaveClass(/usa-input--error/);
        await expect(said).toBeVisible();
      };
      await marked();
      await email.focus();
      await email.blur();
      await marked();
      const password = page.getByLabel('Choose a password');
      await expect(password).toHaveAttribute('aria-invalid', 'true');
      await email.fill('vera@example.org');
      await email.blur();
      await expect(email).not.toHaveAttribute('aria-invalid');
      await expect(said).not.toBeVisible();
      await expect(password).toHaveAttribute('aria-invalid', 'true');
    });
  });
}
