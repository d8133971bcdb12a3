/**
 * Indexes in pieces of real sites in a real browser, and other engines over the same pages beside them.
 *
 *   node bench/web/main.mjs PROGRAM [CORPORA] [S|M|L|XL ...]      (default: ../shared/corpora, S and M)
 *
 * PROGRAM is the command `jisou`. Bytes are counted as an ordinary host sends them: brotli at quality 11 for HTML, scripts, styles, text, JSON
 * and wasm, everything else as it is stored. A further query is one of a visitor who has asked those before it. The environment may say:
 * `SET`, which query set is asked (default `substr`; of a corpus without query sets substrings are drawn from its pages); `QUERIES`, how many
 * of it (100); `MISSES`, that queries are named whose first hit does not hold them as they were typed; `ALONE`, that other engines are left
 * out.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS } from '../../tools/chromium.mjs';
import { serve } from '../../tools/serve.mjs';
import { quantile } from '../figures.mjs';
import { MINISEARCH, PAGEFIND, jisou } from './engines.mjs';
import { counting, measure, sent } from './visits.mjs';

const [program, corpora = '../shared/corpora', ...names] = process.argv.slice(2);
if (!existsSync(join(corpora, 'jsonl'))) {
  console.log(`web: no corpora at ${corpora}: nothing measured`);
  process.exit();
}
const work = join(resolve(import.meta.dirname, '../..'), 'target', 'web');
const engines = [jisou(program), ...(process.env.ALONE ? [] : [PAGEFIND, MINISEARCH])];
const wanted = Number(process.env.QUERIES ?? 100);

const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
const kB = (bytes) => (bytes / 1000).toFixed(1);

/** Always the same numbers. */
function draw(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Queries that were given, or else drawn: 2 to 8 letters and characters. */
function queriesOf(name, records) {
  const given = join(corpora, 'queries', `${name}.${process.env.SET ?? 'substr'}.jsonl`);
  if (existsSync(given)) return readFileSync(given, 'utf8').trim().split('\n').slice(0, wanted).map((line) => JSON.parse(line).query);
  const below = draw(1);
  const queries = [];
  while (queries.length < wanted) {
    const { body } = records[below(records.length)];
    const at = below(body.length);
    const query = body.slice(at, at + 2 + below(7));
    if (/^[\p{L}\p{N}]{2,}$/u.test(query)) queries.push(query);
  }
  return queries;
}

function row(name, files, { cold, further, hops, warm, slow, memory, holds }) {
  const cells = [
    name,
    files,
    `${kB(mean(cold))} / ${kB(Math.max(...cold))}`,
    `${kB(mean(further))} / ${kB(quantile(further, 0.95))}`,
    `${quantile(hops, 0.5)} / ${quantile(hops, 0.95)} / ${Math.max(...hops)}`,
    `${quantile(warm, 0.5).toFixed(1)} / ${quantile(warm, 0.95).toFixed(1)}`,
    `${(quantile(slow, 0.5) / 1000).toFixed(1)}`,
    memory > 0 ? (memory / 2 ** 20).toFixed(1) : '',
    holds.toFixed(3),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

const filesIn = (folder) => readdirSync(folder, { recursive: true }).filter((name) => statSync(join(folder, name)).isFile()).length;

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: CHROMIUM_ARGS });
for (const name of names.length > 0 ? names : ['S', 'M']) {
  const site = join(work, name);
  rmSync(site, { recursive: true, force: true });
  mkdirSync(site, { recursive: true });
  const source = join(site, 'records.jsonl');
  writeFileSync(source, execFileSync('xz', ['-dc', join(corpora, 'jsonl', `${name}.jsonl.xz`)], { maxBuffer: 2 ** 30 }));
  const records = readFileSync(source, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  const texts = new Map(records.map((record) => [record.url, `${record.title}\n${record.body}`.toLowerCase()]));
  const queries = queriesOf(name, records);
  writeFileSync(join(site, 'index.html'), '<!doctype html><html lang=zh><title>-</title><link rel=icon href="data:,">');
  console.log(`\n## ${name}: ${records.length} pages, ${queries.length} queries\n`);
  console.log('| | files | cold kB, mean / max | further kB, mean / p95 | round trips, p50 / p95 / max | warm ms, p50 / p95 | first answer at 1.6 Mbit/s, s | wasm MiB | first hit holds it |');
  console.log('|---|--:|--:|--:|--:|--:|--:|--:|--:|');
  const notes = [];
  for (const engine of engines.filter(({ most }) => records.length <= most)) {
    const folder = join(site, engine.folder);
    await engine.make(folder, source, records);
    const server = await serve(site);
    const url = `http://localhost:${server.address().port}/`;
    row(engine.name, filesIn(folder), await measure(browser, url, counting(server, site), engine, queries, texts));
    server.closeAllConnections();
    server.close();
    const always = engine.always ? readdirSync(folder).filter((file) => engine.always.test(file)) : [];
    notes.push(...always.map((file) => `${file.replace(/-.*/, '')} ${kB(sent(join(folder, file)))} kB`));
  }
  console.log(`\nof Jisou on every first visit: ${notes.join(', ')}`);
}
await browser.close();
