/** Visits to a site, counted: what a visitor is sent, in how many round trips, how long it takes, what it holds in memory. */
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const COLD_VISITS = 20;
const SHOWN = 5;
/** What hosts compress. */
const COMPRESSED = new Set(['.html', '.js', '.css', '.txt', '.json', '.wasm', '.svg']);
/** 1.6 Mbit/s and 150 ms. */
const SLOW = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 96_000 };
/** How many first visits are on a slow network. */
const SLOW_VISITS = 5;

/** @type {Map<string, number>} */
const sizes = new Map();

/**
 * The bytes of a file as a host sends it.
 * @param {string} file
 */
export function sent(file) {
  let size = sizes.get(file);
  if (size === undefined) {
    const bytes = readFileSync(file);
    size = COMPRESSED.has(extname(file)) ? brotliCompressSync(bytes).length : bytes.length;
    sizes.set(file, size);
  }
  return size;
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

/**
 * What a server has sent; a file that the browser has, and only asks whether it still is that, is nothing.
 * @param {import('node:http').Server} server
 * @param {string} folder
 */
export function counting(server, folder) {
  const counted = { bytes: 0 };
  server.on('request', (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    response.on('finish', () => {
      if (pathname !== '/' && response.statusCode === 200) counted.bytes += sent(join(folder, decodeURIComponent(pathname)));
    });
  });
  return counted;
}

async function visit(browser, url, { start }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  await page.addInitScript(watch);
  await page.goto(url);
  return { context, page, open: (worker) => page.evaluate(start, { limit: SHOWN, worker }) };
}

/**
 * First visits, then all queries by one visitor, then all of them once more. First answers come from a worker, where the engine has one by
 * default; the others are asked for in the page, whose round trips and memory can be watched.
 * @param {import('playwright-core').Browser} browser
 * @param {string} url of the site
 * @param {ReturnType<typeof counting>} counted
 * @param {import('./engines.mjs').Engine} engine
 * @param {string[]} queries
 * @param {Map<string, string>} texts of the pages, in small letters, by their addresses
 */
export async function measure(browser, url, counted, engine, queries, texts) {
  const cold = [];
  const slow = [];
  for (const query of queries.slice(0, COLD_VISITS)) {
    const { context, page, open } = await visit(browser, url, engine);
    counted.bytes = 0;
    if (slow.length < SLOW_VISITS) {
      const session = await context.newCDPSession(page);
      await session.send('Network.enable');
      await session.send('Network.emulateNetworkConditions', SLOW);
    }
    const started = Date.now();
    await open(true);
    await page.evaluate((query) => globalThis.ask(query), query);
    if (slow.length < SLOW_VISITS) slow.push(Date.now() - started);
    await page.waitForTimeout(50);
    cold.push(counted.bytes);
    await context.close();
  }
  const { context, page, open } = await visit(browser, url, engine);
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
    const holding = texts.get(first)?.includes(query.toLowerCase());
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
