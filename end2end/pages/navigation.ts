import { expect, type Page } from '@playwright/test';

/** The addresses to which the portal's navigation leads. */
export async function navigation(page: Page): Promise<string[]> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const links = await page.getByRole('navigation', { name: 'Main' }).getByRole('link').all();
  const paths = await Promise.all(links.map(async (link) => (await link.getAttribute('href')) ?? ''));
  expect(paths.length).toBeGreaterThan(2);
  return [...new Set(paths)];
}
