import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type PageFiles, pageFilesOf } from './page-files.ts';

const PAGE = fileURLToPath(new URL('..', import.meta.url));

/**
 * Builds the status page: one script, one style sheet and the document that names them. Nothing in it is inline, so that
 * a content security policy needs no exception, and nothing comes from another host.
 *
 * Needs esbuild, a development dependency: what is published and deployed holds the result (`writePageFiles`).
 */
export function bundlePage(): PageFiles {
  // Loaded here: whoever serves a page that is built already has no need of it.
  const { buildSync } = createRequire(import.meta.url)('esbuild') as typeof import('esbuild');
  const { outputFiles } = buildSync({
    entryPoints: { page: `${PAGE}main.tsx` },
    outdir: PAGE,
    entryNames: '[name]-[hash]',
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: ['chrome111', 'firefox114', 'safari16.4'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'silent',
  });
  const bodies = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  return pageFilesOf(new Map([...bodies, ['index.html', documentOf([...bodies.keys()])]]));
}

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Crect width='24' height='24' rx='6' fill='%230e7c86'/%3E%3Cpath d='M5 5v14M19 5v14M5 9h14' stroke='%23fff' stroke-width='2' stroke-linecap='round'/%3E%3Cpath d='M7 16c2-2 3 2 5 0s3 2 5 0' stroke='%23bff3f1' stroke-width='2' fill='none'/%3E%3C/svg%3E";

/** Addresses are relative: behind an API Gateway the page may stand below a stage's name. */
const documentOf = (names: readonly string[]): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>sluicegate</title>
<link rel="icon" href="${ICON}">
${names
  .filter((name) => name.endsWith('.css'))
  .map((name) => `<link rel="stylesheet" href="${name}">`)
  .join('\n')}
${names
  .filter((name) => name.endsWith('.js'))
  .map((name) => `<script type="module" src="${name}"></script>`)
  .join('\n')}
</head>
<body>
<div id="page"><noscript>This page draws its tables and charts with JavaScript. The same facts are at /api/groups and /metrics.</noscript></div>
</body>
</html>
`;
