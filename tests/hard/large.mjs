/**
 * A site of 10,000 pages in pieces, in a box in Chromium, on a processor that is four times slower, over 1.6 Mbit/s and 150 ms.
 * Nothing may be lost or out of order, and what is shown first must hold what was typed, which is asserted; times are printed.
 *
 *   node tests/hard/large.mjs
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS } from '../../tools/chromium.mjs';
import { serve } from '../../tools/serve.mjs';

const root = join(import.meta.dirname, '..', '..');
const program = process.env.JISOU_PROGRAM ?? join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug', 'jisou');
const PAGES = 10_000;
const WORDS = 40;
/** From one keystroke to the next, in ms. */
const KEY = 120;
/** One way, in ms; and bytes a ms. */
const DELAY = 75;
const RATE = 200;

const paragraphs = readdirSync(join(root, 'corpus'))
  .filter((name) => name.endsWith('.txt'))
  .flatMap((name) => readFileSync(join(root, 'corpus', name), 'utf8').split(/\n+/).filter((line) => line.length > 60));
/** Of each page three parts of paragraphs, which no other page has together. */
const record = (at) => {
  const part = (turn) => {
    const text = paragraphs[(at * (2 * turn + 7) + turn * 31) % paragraphs.length];
    const from = (at * (turn + 3)) % Math.max(1, text.length - 60);
    return text.slice(from, from + 60);
  };
  return { url: `/${at}`, title: `${part(0).slice(0, 9)} ${at}`, body: [0, 1, 2].map(part).join('\n\n') };
};

const folder = mkdtempSync(join(tmpdir(), 'jisou-large-'));
writeFileSync(join(folder, 'records.jsonl'), Array.from({ length: PAGES }, (_, at) => JSON.stringify(record(at))).join('\n'));
execFileSync(program, ['index', 'records.jsonl', '--output', 'site', '--layout', 'cut', '--quiet'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
const server = await serve(join(folder, 'site'), 0, {
  '/box.html': {
    body: '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>large</title><link rel="icon" href="data:,"><script type="module" src="/jisou-search.js"></script><jisou-search mode="inline" param="none"></jisou-search>',
    headers: { 'content-type': 'text/html;charset=utf-8' },
  },
});

/** What goes through it takes its time, the bytes of all connections one after the other. */
let busy = 0;
const slow = createServer((client) => {
  const host = connect(server.address().port, 'localhost');
  client.on('data', (bytes) => setTimeout(() => host.write(bytes), DELAY));
  host.on('data', (bytes) => {
    const now = performance.now();
    busy = Math.max(now, busy) + bytes.length / RATE;
    setTimeout(() => client.destroyed || client.write(bytes), busy - now + DELAY);
  });
  for (const [one, other] of [[client, host], [host, client]]) one.on('close', () => other.destroy()).on('error', () => other.destroy());
}).listen(0, 'localhost');
await once(slow, 'listening');
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: CHROMIUM_ARGS });

try {
  const tab = await browser.newPage();
  const failures = [];
  tab.on('pageerror', (error) => failures.push(error.message));
  tab.on('console', (message) => failures.push(message.text()));
  const protocol = await tab.context().newCDPSession(tab);
  await protocol.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await tab.goto(`http://localhost:${slow.address().port}/box.html`);
  await tab.waitForFunction(() => customElements.get('jisou-search') !== undefined);
  const queries = Array.from({ length: WORDS }, (_, at) => {
    const { body } = record((at * 257) % PAGES);
    const text = body.split('\n\n')[at % 3];
    return text.slice(at % 50, (at % 50) + 2 + (at % 5)).replace(/\s/g, '');
  });
  const { answers, waits, longest, shown } = await tab.evaluate(async ([queries, key]) => {
    const box = document.querySelector('jisou-search');
    const input = box.shadowRoot.querySelector('input[role]');
    let longest = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
    }).observe({ type: 'longtask' });
    const answers = [];
    box.addEventListener('jisou-answered', ({ detail }) => answers.push([detail.answer.query, detail.answer.tier, detail.answer.hits[0]]));
    const pause = (ms) => new Promise((done) => setTimeout(done, ms));
    const waits = [];
    const shown = [];
    for (const query of queries) {
      for (let length = 1; length <= query.length; length++) {
        input.value = query.slice(0, length);
        input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
        await pause(key);
      }
      const typed = performance.now();
      while (answers.at(-1)?.[0] !== query) await pause(5);
      waits.push(performance.now() - typed);
      const until = performance.now() + 10_000;
      while (!box.shadowRoot.querySelector('[part=results][aria-busy=false]') && performance.now() < until) await pause(5);
      shown.push(box.shadowRoot.querySelectorAll('.page').length);
    }
    return { answers, waits, longest, shown };
  }, [queries, KEY]);
  let at = 0;
  const typed = queries.flatMap((query) => Array.from(query, (_, end) => query.slice(0, end + 1)));
  const backward = answers.filter(([query]) => {
    const found = typed.indexOf(query, at);
    if (found >= 0) at = found;
    return found < 0;
  });
  const last = queries.map((query) => answers.findLast(([asked]) => asked === query));
  const wrong = last.filter(([query, tier, hit]) => tier !== 'exact' || !holds(record(hit.id), query));
  const sorted = waits.sort((a, b) => a - b);
  console.log(`figure: queries typed on ${PAGES} pages in pieces, slow network and processor, lost or out of order | ${queries.length} | ${backward.length + shown.filter((count) => count === 0).length}`);
  console.log(`figure: of these, whose first hit does not hold what was typed | ${queries.length} | ${wrong.length}`);
  console.log(`figure: from the last keystroke to the answer, ms, p50 / p95 | ${Math.round(sorted[sorted.length >> 1])} / ${Math.round(sorted[Math.floor(sorted.length * 0.95)])} | -`);
  console.log(`figure: longest block of the main thread meanwhile, ms | ${longest === 0 ? 'under 50' : Math.round(longest)} | -`);
  assert.deepEqual([backward, wrong, failures, shown.includes(0)], [[], [], [], false]);
} finally {
  await browser.close();
  slow.close();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
}

/** @param {{ title: string, body: string }} page @param {string} query */
function holds({ title, body }, query) {
  const plain = (text) => text.normalize('NFKC').replace(/[\s\p{P}]/gu, '').toLowerCase();
  return plain(title + body).includes(plain(query));
}
