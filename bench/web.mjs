/**
 * Indexes in pieces of real sites in a real browser: what a visitor is sent, in how many round trips, how long it takes, what it holds in
 * memory.
 *
 *   node bench/web.mjs PROGRAM [CORPORA] [S|M|L|XL ...]      (default: ../shared/corpora, S and M)
 *
 * PROGRAM is the command `jisou`. Bytes are counted as an ordinary host sends them: brotli at quality 11 for HTML, scripts, styles, text, JSON
 * and wasm, everything else as it is stored. `QUERIES`: how many substrings are asked, 100 if it is not set; of a corpus without query sets
 * they are drawn from its pages. `MISSES` names those whose first hit does not hold them as they were typed. A further query is one of a
 * visitor who has asked those before it. First answers come from a worker, as they do by default; the others are asked for in the page, whose
 * round trips and memory can be watched.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS } from '../tools/chromium.mjs';
import { serve } from '../tools/serve.mjs';
import { quantile } from './figures.mjs';

const COLD_VISITS = 20;
const SHOWN = 5;
/** What hosts compress. */
const COMPRESSED = new Set(['.html', '.js', '.css', '.txt', '.json', '.wasm', '.svg']);
/** 1.6 Mbit/s and 150 ms. */
const SLOW = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 96_000 };

const root = resolve(import.meta.dirname, '..');
const [program, corpora = '../shared/corpora', ...names] = process.argv.slice(2);
if (!existsSync(join(corpora, 'jsonl'))) {
  console.log(`web: no corpora at ${corpora}: nothing measured`);
  process.exit();
}
const work = join(root, 'target', 'web');
const wanted = Number(process.env.QUERIES ?? 100);

/** The bytes of a file as a host sends it. @type {Map<string, number>} */
const sizes = new Map();
function sent(file) {
  if (!sizes.has(file)) {
    const bytes = readFileSync(file);
    sizes.set(file, COMPRESSED.has(extname(file)) ? brotliCompressSync(bytes).length : bytes.length);
  }
  return sizes.get(file);
}

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

/** Substrings that were given, or else drawn: 2 to 8 letters and characters. */
function queriesOf(name, records) {
  const given = join(corpora, 'queries', `${name}.substr.jsonl`);
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

/** What runs before any script of a page: counts round trips, and keeps hold of the memory of wasm modules. */
function watch() {
  const seen = { hops: 0, open: 0, memories: [] };
  globalThis.seen = seen;
  const { fetch } = globalThis;
  globalThis.fetch = async (...args) => {
    if (seen.open++ === 0) seen.hops++;
    try {
      const response = await fetch(...args);
      const copy = await response.arrayBuffer();
      return new Response(copy, { status: response.status, headers: response.headers });
    } finally {
      seen.open--;
    }
  };
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const real = WebAssembly[name];
    WebAssembly[name] = async (...args) => {
      const made = await real.apply(WebAssembly, args);
      const { memory } = (made.instance ?? made).exports;
      if (memory) seen.memories.push(memory);
      return made;
    };
  }
}

/** In the page: the engine, behind a function that gives the addresses of the first hits. */
async function start([limit, worker]) {
  const { open } = await import('/jisou/jisou.js');
  const index = await open(undefined, { worker });
  globalThis.ask = async (query) => (await index.search(query, { limit })).hits.map((hit) => hit.url);
}

/** What a server has sent; a file that the browser has, and only asks whether it still is that, is nothing. */
function counting(server, folder) {
  const counted = { bytes: 0 };
  server.on('request', (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    response.on('finish', () => {
      if (pathname !== '/' && response.statusCode === 200) counted.bytes += sent(join(folder, decodeURIComponent(pathname)));
    });
  });
  return counted;
}

async function visit(browser, url) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(url);
  return { context, page, open: (worker) => page.evaluate(start, [SHOWN, worker]) };
}

async function measure(browser, url, counted, queries, records) {
  const byUrl = new Map(records.map((record) => [record.url, `${record.title}\n${record.body}`.toLowerCase()]));
  const cold = [];
  const slow = [];
  for (const query of queries.slice(0, COLD_VISITS)) {
    const { context, page, open } = await visit(browser, url);
    counted.bytes = 0;
    if (slow.length < 5) {
      const session = await context.newCDPSession(page);
      await session.send('Network.enable');
      await session.send('Network.emulateNetworkConditions', SLOW);
    }
    const started = Date.now();
    await open(true);
    await page.evaluate((query) => globalThis.ask(query), query);
    if (slow.length < 5) slow.push(Date.now() - started);
    await page.waitForTimeout(50);
    cold.push(counted.bytes);
    await context.close();
  }
  const { context, page, open } = await visit(browser, url);
  await open(false);
  await page.waitForTimeout(200);
  const further = [];
  const hops = [];
  let holds = 0;
  for (const query of queries) {
    counted.bytes = 0;
    await page.evaluate(() => (globalThis.seen.hops = 0));
    const [first] = await page.evaluate((query) => globalThis.ask(query), query);
    await page.waitForTimeout(10);
    further.push(counted.bytes);
    hops.push(await page.evaluate(() => globalThis.seen.hops));
    const holding = byUrl.get(first)?.includes(query.toLowerCase());
    holds += holding ? 1 : 0;
    if (!holding && process.env.MISSES) console.log(`missed: ${query}: ${first}`);
  }
  const warm = await page.evaluate(async (queries) => {
    const times = [];
    for (const query of queries) {
      const started = performance.now();
      await globalThis.ask(query);
      times.push(performance.now() - started);
    }
    return times;
  }, queries);
  const memory = await page.evaluate(() => globalThis.seen.memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0));
  await context.close();
  return { cold, further, hops, warm, slow, memory, holds: holds / queries.length };
}

function row(files, { cold, further, hops, warm, slow, memory, holds }) {
  const cells = [
    files,
    `${kB(mean(cold))} / ${kB(Math.max(...cold))}`,
    `${kB(mean(further))} / ${kB(quantile(further, 0.95))}`,
    `${quantile(hops, 0.5)} / ${quantile(hops, 0.95)} / ${Math.max(...hops)}`,
    `${quantile(warm, 0.5).toFixed(1)} / ${quantile(warm, 0.95).toFixed(1)}`,
    `${(quantile(slow, 0.5) / 1000).toFixed(1)}`,
    (memory / 2 ** 20).toFixed(1),
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
  const queries = queriesOf(name, records);
  execFileSync(program, ['index', source, '--output', join(site, 'jisou'), '--layout', 'cut'], { stdio: 'ignore' });
  writeFileSync(join(site, 'index.html'), '<!doctype html><html lang=zh><title>-</title><link rel=icon href="data:,">');
  const server = await serve(site);
  const url = `http://localhost:${server.address().port}/`;
  console.log(`\n## ${name}: ${records.length} pages, ${queries.length} substrings\n`);
  console.log('| files | cold kB, mean / max | further kB, mean / p95 | round trips, p50 / p95 / max | warm ms, p50 / p95 | first answer at 1.6 Mbit/s, s | wasm MiB | first hit holds it |');
  console.log('|--:|--:|--:|--:|--:|--:|--:|--:|');
  const loaded = readdirSync(join(site, 'jisou')).filter((file) => /^(jisou\.js|engine-.*\.wasm|root-.*)$/.test(file));
  const parts = loaded.map((file) => `${file.replace(/-.*/, '')} ${kB(sent(join(site, 'jisou', file)))} kB`).join(', ');
  row(filesIn(join(site, 'jisou')), await measure(browser, url, counting(server, site), queries, records));
  console.log(`\nof it on every first visit: ${parts}`);
  server.closeAllConnections();
  server.close();
}
await browser.close();
