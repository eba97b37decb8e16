// The dark colours, which have contrasts of their own.

import { expect, test } from '../../fixtures/test';
import { administrator, signIn } from '../../pages/account';
import { navigation } from '../../pages/navigation';

test.use({ colorScheme: 'dark' });

test('what everybody sees is readable in the dark', async ({ page, accessible }) => {
  for (const path of ['/', '/signin', '/signup', '/terms', '/no-such-page']) {
    await page.goto(path);
    await accessible(page);
  }
});

test('the portals are readable in the dark', async ({ page, vendor, another, accessible }) => {
  const desk = await another();
  for (const [window, portal, person] of [[page, '/owner', vendor], [desk, '/admin', administrator]] as const) {
    await window.goto(portal);
    await signIn(window, person);
    for (const path of await navigation(window)) {
      await window.goto(path);
      await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
      await accessible(window);
    }
  }
});
