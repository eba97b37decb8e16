// How hard members' texts are to read, page by page: the Flesch-Kincaid grade of the English texts in docs/texts.csv, and
// the ease of the Spanish ones by Szigriszt-Pazos.
import { readFileSync } from 'node:fs';

import { expect, test } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';

import { hasPython, PythonApp, whyNoPython } from '../../fixtures/python';

/** The highest grade of English. */
const GRADE = 8;
/** "Bastante fácil", the third of five steps of the INFLESZ scale, begins here; higher is easier. */
const FAIRLY_EASY = 65;
/** The fewest sentences that the Spanish index says something about. */
const FEW = 3;

interface Row {
  key: string;
  English: string;
  Spanish: string;
}

test('members read English of grade 8 at most', () => {
  const grades = [...pages('English', -1)].map(([page, sentences]) => ({ page, grade: grade(sentences) }));
  expect(grades.length).toBeGreaterThan(20);
  expect(grades.filter(({ grade }) => GRADE < grade)).toEqual([]);
});

test('members read Spanish that is fairly easy', async () => {
  test.skip(!hasPython, whyNoPython);
  const long = [...pages('Spanish', 2)].filter(([, sentences]) => FEW <= sentences.length);
  expect(long.length).toBeGreaterThan(15);
  const eases = await ease(Object.fromEntries(long));
  expect(Object.entries(eases).filter(([, ease]) => ease < FAIRLY_EASY)).toEqual([]);
});

test('a hard text is found', async () => {
  const hard = 'Notwithstanding prior authorization, reimbursement eligibility necessitates documentation.';
  expect(grade(sentences(hard))).toBeGreaterThan(GRADE);
  expect(grade(sentences('We sent a link to your new address. Open it to go on.'))).toBeLessThan(4);
  test.skip(!hasPython, whyNoPython);
  const { duro = 0, sencillo = 0 } = await ease({
    duro: ['La autorización administrativa previamente concedida imposibilita reembolsos extraordinarios complementarios.'],
    sencillo: ['Le enviamos un enlace.', 'Ábralo para seguir.'],
  });
  expect(duro).toBeLessThan(FAIRLY_EASY);
  expect(sencillo).toBeGreaterThan(FAIRLY_EASY);
});

/** The sentences of what members see, which has a Spanish text beside the English one, by page: by this many parts of their key. */
function pages(language: 'English' | 'Spanish', parts: number): Map<string, string[]> {
  const rows: Row[] = parse(readFileSync('../docs/texts.csv'), { columns: true });
  const pages = new Map<string, string[]>();
  for (const row of rows.filter(({ Spanish }) => Spanish !== '')) {
    // A program's scopes are on one page.
    const page = row.key.split('.').slice(0, row.key.startsWith('programs.') ? 2 : parts).join('.');
    pages.set(page, [...(pages.get(page) ?? []), ...sentences(row[language])]);
  }
  return pages;
}

/** Sentences of more than three words; shorter ones are labels. */
function sentences(text: string): string[] {
  // Braces hold a name; brackets and quotes are not words.
  const plain = text.replaceAll(/\{\w+\}/g, 'Ada').replaceAll(/[[\]“”"«»]/g, '');
  return plain
    .split(/(?<=[.!?:])\s+/)
    .filter((sentence) => 3 < words(sentence).length)
    .map((sentence) => `${sentence.replace(/[.:!?]+$/, '')}.`);
}

function words(sentence: string): string[] {
  return sentence.match(/[\p{L}\p{N}’'-]+/gu) ?? [];
}

/** Of all sentences together. */
function grade(sentences: string[]): number {
  if (sentences.length === 0) return 0;
  const all = sentences.flatMap(words);
  const syllables = all.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0);
  return fleschKincaid({ sentence: sentences.length, word: all.length, syllable: syllables });
}

/** How easy each page is. */
async function ease(pages: Record<string, string[]>): Promise<Record<string, number>> {
  const app = PythonApp.start('spanish.py', pages);
  try {
    return await app.hear();
  } finally {
    app.stop();
  }
}
