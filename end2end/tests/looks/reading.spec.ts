// How hard members' texts are to read: Flesch-Kincaid grade levels of docs/texts.csv.
import { readFileSync } from 'node:fs';

import { expect, test } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';

const MOST = 8;

interface Row {
  key: string;
  English: string;
  Spanish: string;
}

test('members read texts of grade 8 at most, page by page', () => {
  const rows: Row[] = parse(readFileSync('../docs/texts.csv'), { columns: true });
  const pages = new Map<string, string[]>();
  // What members see has a Spanish text beside the English one.
  for (const { key, English, Spanish } of rows) {
    if (Spanish === '') continue;
    // A program's scopes are on one page.
    const page = key.split('.').slice(0, key.startsWith('programs.') ? 2 : -1).join('.');
    pages.set(page, [...(pages.get(page) ?? []), English]);
  }
  const grades = [...pages].map(([page, texts]) => ({ page, grade: grade(texts) }));
  expect(grades.length).toBeGreaterThan(20);
  expect(grades.filter(({ grade }) => MOST < grade)).toEqual([]);
});

test('a hard text is found', () => {
  expect(grade(['Notwithstanding prior authorization, reimbursement eligibility necessitates documentation.'])).toBeGreaterThan(MOST);
  expect(grade(['We sent a link to your new address. Open it to go on.'])).toBeLessThan(4);
});

/** Of all sentences together; labels of up to three words are none. */
function grade(texts: string[]): number {
  const sentences = texts
    // Braces hold a name; brackets and quotes are not words.
    .map((text) => text.replaceAll(/\{\w+\}/g, 'Ada').replaceAll(/[[\]“”"]/g, ''))
    .flatMap((text) => text.split(/(?<=[.!?:])\s+/))
    .map((sentence) => sentence.match(/[\p{L}\p{N}’'-]+/gu) ?? [])
    .filter((words) => 3 < words.length);
  if (sentences.length === 0) return 0;
  const words = sentences.flat();
  const syllables = words.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0);
  return fleschKincaid({ sentence: sentences.length, word: words.length, syllable: syllables });
}
