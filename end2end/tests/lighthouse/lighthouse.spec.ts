// Lighthouse on a phone: what it says of speed, accessibility, practices and findability, and what a page weighs.

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import lighthouse from 'lighthouse';
import { flexUrl } from '../../addresses';
import { asked } from '../../fixtures/client';
import { california } from '../../fixtures/programs';
import { expect, test } from '../../fixtures/test';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
/** Our sign-in stays, and we look at no pictures. */
const OPTIONS = { logLevel: 'error', disableStorageReset: true, disableFullPageScreenshot: true } as const;
/** Of 1. */
const AT_LEAST = 0.95;
const MOST_SHIFT = 0.05;
/** Other programs use the same cores, so that a page may look slow once. */
const TRIES = 3;

interface Asks {
  path: string;
  /** Bytes. */
  most?: number;
  /** Search engines never see it. */
  isPrivate?: boolean;
}

const PAGES: readonly Asks[] = [
  { path: '/' },
  { path: '/status' },
  { path: '/docs/idaho/overview', most: 120_000 },
  { path: '/docs/idaho/ExplanationOfBenefit', most: 120_000 },
  { path: '/member' },
];

/** A browser that Lighthouse can use too: it opens its tabs beside ours, with the same cookies. */
class Shared {
  private constructor(
    readonly context: BrowserContext,
    private readonly port: number,
    private readonly folder: string,
  ) {}

  static async launch(): Promise<Shared> {
    const { launchOptions } = test.info().project.use;
    const [port, folder] = [await freePort(), mkdtempSync(join(tmpdir(), 'flex-lighthouse-'))];
    const args = [...(launchOptions?.args ?? []), `--remote-debugging-port=${port}`];
    const context = await chromium.launchPersistentContext(folder, { ...launchOptions, args, baseURL: flexUrl });
    return new Shared(context, port, folder);
  }

  async close(): Promise<void> {
    await this.context.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What is wrong with the page, at the best of a few tries. */
  async faults({ path, most = Infinity, isPrivate = false }: Asks): Promise<string[]> {
    const onlyCategories = CATEGORIES.filter((category) => !isPrivate || category !== 'seo');
    let faults: string[] = [];
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const run = await lighthouse(`${flexUrl}${path}`, { port: this.port, onlyCategories, ...OPTIONS });
      if (!run) throw new Error(`Lighthouse said nothing about ${path}`);
      const { finalDisplayedUrl, categories, audits } = run.lhr;
      expect(new URL(finalDisplayedUrl).pathname, 'the page itself').toBe(path);
      const value = (audit: string): number => audits[audit]?.numericValue ?? Infinity;
      const [shift, bytes] = [value('cumulative-layout-shift'), value('total-byte-weight')];
      faults = [
        ...onlyCategories.map((category) => [category, categories[category]?.score ?? 0] as const).filter(([, score]) => score < AT_LEAST),
        ...(MOST_SHIFT <= shift ? [['layout shift', shift]] : []),
        ...(most < bytes ? [['bytes', bytes]] : []),
      ].map(([what, found]) => `${path} ${what}: ${found}`);
      const failed = Object.values(audits).filter(({ score, scoreDisplayMode }) => scoreDisplayMode === 'binary' && score === 0);
      if (0 < faults.length) faults.push(...failed.map(({ id, title }) => `${id}: ${title}`));
      if (faults.length === 0) break;
    }
    return faults;
  }
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    });
  });
}

test('Lighthouse finds nothing wrong on a phone', async ({ page, vendor, unique }) => {
  test.setTimeout(600_000);
  const shared = await Shared.launch();
  try {
    const another = (): Promise<Page> => shared.context.newPage();
    const { client, visitor } = await asked({ page, vendor, another, unique }, california);
    const consent = { path: new URL(visitor.url()).pathname, most: 60_000, isPrivate: true };
    const faults: string[] = [];
    for (const asks of [...PAGES, consent]) faults.push(...(await test.step(asks.path, () => shared.faults(asks))));
    client.app.stop();
    expect(faults).toEqual([]);
  } finally {
    await shared.close();
  }
});
