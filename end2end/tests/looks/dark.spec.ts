// The dark colors, which have their own contrasts. Other tests check everything else on these pages in the light
// theme.

import { expect, test } from '../../fixtures/test';
import { expectReadable } from '../../fixtures/axe';
import { administrator, enter } from '../../pages/account';
import { navigation } from '../../pages/navigation';

test.use({ colorScheme: 'dark' });

test('the public pages are readable in the dark', async ({ page }) => {
  for (const path of ['/', '/signin', '/signup', '/terms', '/no-such-page']) {
    await page.goto(path);
    await expectReadable(page);
  }
});

test('the portals are readable in the dark', async ({ page, vendor, another }) => {
  const desk = await another();
  for (const [window, portal, person] of [[page, '/owner', vendor], [desk, '/admin', administrator]] as const) {
    await enter(window, portal, person);
    for (const path of await navigation(window)) {
      await window.goto(path);
      await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
      await expectReadable(window);
    }
  }
});
