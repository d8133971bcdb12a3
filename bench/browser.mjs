/**
 * How long does a query take in a browser, and a keystroke? What does the page load before its first results?
 *
 *   cargo run --release -p jisou-bench --bin queries -- --list | node bench/browser.mjs
 *
 * The queries come as JSON, `[{ kind, text }]`; dist/ is served from here as a static host would, compressed with brotli,
 * to headless Chromium. Pages are isolated from other origins, which makes the browser's clock tick every 5 us instead
 * of every 100. Prints Markdown.
 */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS } from '../tools/chromium.mjs';
import { quantile } from './figures.mjs';

const dist = resolve(import.meta.dirname, '..', 'dist');

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
};
/** The first question of a fresh visitor. */
const FIRST = '命运共同体';
/** Every query is timed so often; its median counts. */
const ROUNDS = 5;
/** How many fresh pages open the index. */
const OPENINGS = 15;
/** What is typed, letter by letter, on a machine that is four times as slow. */
const TYPED = ['命运共同体', '上海精神', 'guojihezuo', '钱凯港 无废城市', '习近平主席', 'APEC', '一带一路', '哈萨克斯但'];
const SLOWER = 4;
/** A page without anything, for measurements that need no more than an origin. */
const EMPTY = '/empty.html';

/**
 * Serves dist/ and remembers what was sent.
 * @returns {Promise<{ url: string, sent: { path: string, bytes: number }[], close: () => void }>}
 */
async function serve() {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  const file = (type, raw) => ({ type, raw, br: brotliCompressSync(raw, { params }) });
  const files = new Map([[EMPTY, file(TYPES['.html'], Buffer.from('<!doctype html><title>empty</title>'))]]);
  for (const name of readdirSync(dist)) {
    const type = TYPES[extname(name)];
    if (type) files.set(`/${name}`, file(type, readFileSync(join(dist, name))));
  }
  files.set('/', files.get('/index.html'));
  const sent = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const found = files.get(pathname);
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    response.setHeader('cross-origin-embedder-policy', 'require-corp');
    if (!found) {
      sent.push({ path: pathname, bytes: 0 });
      response.writeHead(404).end();
      return;
    }
    const br = /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
    const body = br ? found.br : found.raw;
    sent.push({ path: pathname, bytes: body.length });
    const headers = { 'content-type': found.type, 'content-length': body.length };
    response.writeHead(200, br ? { ...headers, 'content-encoding': 'br' } : headers).end(body);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://localhost:${server.address().port}`, sent, close };
}

/** A page in a context of its own, which has nothing cached. */
async function withPage(browser, address, work) {
  const context = await browser.newContext({ locale: 'zh-CN' });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(address);
    return await work(page);
  } finally {
    await context.close();
  }
}

/** What is fetched until the first results of a link with a query stand there. */
async function load(browser, server) {
  server.sent.length = 0;
  const results = (page) => page.waitForSelector('[part=results]');
  await withPage(browser, `${server.url}/?q=${encodeURIComponent(FIRST)}`, results);
  return [...server.sent];
}

/** Milliseconds from the module's bytes to the first answer, step by step. */
function opening(browser, server) {
  return withPage(browser, server.url + EMPTY, (page) =>
    page.evaluate(async (query) => {
      const { default: init, Engine } = await import('./jisou_engine.js');
      const bytes = await (await fetch('./jisou_engine_bg.wasm')).arrayBuffer();
      const start = performance.now();
      await init({ module_or_path: bytes });
      const compiled = performance.now();
      const engine = Engine.embedded();
      const opened = performance.now();
      const { total } = engine.search(query, {});
      const answered = performance.now();
      if (total === 0) throw new Error(`nothing found for ${query}`);
      return { compile: compiled - start, open: opened - compiled, answer: answered - opened, all: answered - start };
    }, FIRST),
  );
}

/** Milliseconds of every query in every round, through the JavaScript API. */
function queries(browser, server, texts) {
  return withPage(browser, server.url + EMPTY, (page) =>
    page.evaluate(
      async ({ texts, rounds }) => {
        if (!crossOriginIsolated) throw new Error('the page is not isolated: its clock is too coarse');
        const { open } = await import('./jisou.js');
        const index = await open();
        const times = [];
        for (let round = 0; round < rounds; round++) {
          const row = new Float64Array(texts.length);
          for (const [at, text] of texts.entries()) {
            const start = performance.now();
            await index.search(text);
            row[at] = performance.now() - start;
          }
          times.push([...row]);
        }
        index.close();
        return times;
      },
      { texts, rounds: ROUNDS },
    ),
  );
}

/** Milliseconds from each keystroke in the demo page to its results on the screen. */
function keystrokes(browser, server) {
  return withPage(browser, server.url, async (page) => {
    await page.waitForSelector('.samples a');
    await page.evaluate(() => {
      window.painted = [];
      const channel = new MessageChannel();
      const started = new Map();
      channel.port1.onmessage = ({ data }) => window.painted.push(performance.now() - started.get(data));
      document.addEventListener('input', (event) => started.set(event.composedPath()[0].value, event.timeStamp));
      // After the frame that shows its first hits.
      document.addEventListener('jisou-answered', ({ target, detail: { answer } }) => {
        const there = () => answer.total === 0 || target.shadowRoot.querySelector('.group') !== null;
        const wait = () => requestAnimationFrame(() => (there() ? channel.port2.postMessage(answer.query) : wait()));
        wait();
      });
    });
    const protocol = await page.context().newCDPSession(page);
    await protocol.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    const box = page.getByRole('combobox');
    for (const text of TYPED) {
      await box.fill('');
      for (const letter of text) {
        await box.pressSequentially(letter);
        await page.waitForTimeout(60);
      }
    }
    return page.evaluate(() => window.painted);
  });
}

/** As the tables of the other programs: figures, then what they must and should be at most. */
function print(heading, rows) {
  console.log(`\n| ${heading} | measured | must | met | aim | met |\n|---|--:|--:|---|--:|---|`);
  for (const { figure, values, must, aim, unit = '', decimals = 0 } of rows) {
    const shown = (numbers, show) => `${numbers.map(show).join(' / ')} ${unit}`.trimEnd();
    const limit = (limits) => (limits ? `<= ${shown(limits, String)}` : '');
    const met = (limits) => (limits ? (values.every((value, at) => value <= limits[at]) ? 'yes' : 'no') : '');
    const is = shown(values, (value) => value.toFixed(decimals));
    console.log(`| ${figure} | ${is} | ${limit(must)} | ${met(must)} | ${limit(aim)} | ${met(aim)} |`);
  }
}

async function main() {
  let drawn = '';
  for await (const chunk of process.stdin) drawn += chunk;
  const asked = JSON.parse(drawn);
  try {
    readFileSync(join(dist, 'index.html'));
  } catch {
    console.log('\ndist/ is missing: run `make build`. Nothing was measured in a browser.');
    return;
  }
  const server = await serve();
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: CHROMIUM_ARGS });
  try {
    const loaded = await load(browser, server);
    const openings = [];
    while (openings.length < OPENINGS) openings.push(await opening(browser, server));
    const rounds = await queries(browser, server, asked.map(({ text }) => text));
    const painted = await keystrokes(browser, server);
    report(browser.version(), asked, loaded, openings, rounds, painted);
  } finally {
    await browser.close();
    server.close();
  }
}

function report(version, asked, loaded, openings, rounds, painted) {
  const medians = asked.map((_, at) => quantile(rounds.map((round) => round[at]), 0.5));
  const both = (times) => [quantile(times, 0.5), quantile(times, 0.99)];
  const step = (name) => [quantile(openings.map((opening) => opening[name]), 0.5)];
  const ms = { unit: 'ms', decimals: 2 };
  console.log(
    `\nHeadless Chromium ${version}. Times depend on the machine and on what else it does. Each of ${asked.length} ` +
      `queries ${ROUNDS} times, its median; the index opened in ${OPENINGS} fresh pages, the median.`,
  );
  print('in the browser', [
    { figure: '`search()` p50 / p99', values: both(medians), must: [0.3, 1.5], ...ms },
    { figure: '`search()` p50 / p99, first round: code still cold', values: both(rounds[0]), ...ms },
    { figure: 'opening: from bytes to first answer', values: step('all'), must: [20], aim: [8], ...ms },
    { figure: '- compiling the module', values: step('compile'), ...ms },
    { figure: '- opening the index', values: step('open'), ...ms },
    { figure: '- the first answer', values: step('answer'), ...ms },
    {
      figure: `keystroke to painted results, CPU ${SLOWER} times slower, p50 / p95`,
      values: [quantile(painted, 0.5), quantile(painted, 0.95)],
      must: [50, 50],
      aim: [25, 25],
      unit: 'ms',
      decimals: 1,
    },
    { figure: 'requests to first results', values: [loaded.length], must: [5] },
    {
      figure: 'bytes to first results',
      values: [loaded.reduce((sum, { bytes }) => sum + bytes, 0) / 1000],
      must: [120],
      aim: [92],
      unit: 'kB',
      decimals: 1,
    },
  ]);
  console.log('\n| kind of query | queries | p50 ms | p99 ms | slowest ms |\n|---|--:|--:|--:|--:|');
  for (const kind of new Set(asked.map((query) => query.kind))) {
    const times = medians.filter((_, at) => asked[at].kind === kind);
    const figures = [0.5, 0.99, 1].map((part) => quantile(times, part).toFixed(2));
    console.log(`| ${kind} | ${times.length} | ${figures.join(' | ')} |`);
  }
}

await main();
