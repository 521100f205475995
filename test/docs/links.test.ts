import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const PAGES = [...globSync('*.md'), ...globSync('docs/**/*.md')];

test.each(PAGES)('every link of %s leads somewhere, also to the heading that it names', (page) => {
  const broken = linksOf(page).filter((link) => !leadsSomewhere(link, page));
  expect(broken).toEqual([]);
});

test('links were found at all', () => {
  expect(PAGES.flatMap(linksOf).length).toBeGreaterThan(50);
});

/** Relative ones; what stands in code is none. */
function linksOf(page: string): readonly string[] {
  const prose = readFileSync(page, 'utf8').replaceAll(/```.*?```|`[^`\n]*`/gs, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^[a-z]+:/.test(link));
}

function leadsSomewhere(link: string, page: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(target)) return false;
  return anchor === undefined || (statSync(target).isFile() && anchorsOf(target).has(anchor));
}

/** As GitHub makes them of headings; the second one of a name is not told apart. */
function anchorsOf(page: string): ReadonlySet<string> {
  const headings = readFileSync(page, 'utf8').matchAll(/^#+ (.*)$/gm);
  return new Set(
    [...headings].map(([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );
}
