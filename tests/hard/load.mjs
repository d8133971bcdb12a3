/**
 * Load, in Chromium: 50 boxes on one page, and 200 keystrokes a second into one box on a processor that is four times slower.
 * Nothing may be lost or out of order, which is asserted; how long the main thread was blocked is a time, which is printed.
 *
 *   node tests/hard/load.mjs
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS } from '../../tools/chromium.mjs';
import { serve } from '../../tools/serve.mjs';

const root = join(import.meta.dirname, '..', '..');
const BOXES = 50;
const KEYS = 1000;
const PER_SECOND = 200;
const drawn = (await readFile(join(root, 'tests/data/answers.txt'), 'utf8')).trimEnd().split('\n').map((line) => line.slice(17));
const page = (boxes) => ({
  body: `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>load</title><script type="module" src="/jisou-search.js"></script>${boxes}`,
  headers: { 'content-type': 'text/html;charset=utf-8' },
});
const server = await serve(join(root, 'dist'), 0, {
  '/many.html': page('<jisou-search mode="page" param="none"></jisou-search>'.repeat(BOXES)),
  '/one.html': page('<jisou-search mode="inline" param="none"></jisou-search>'),
});
const url = `http://localhost:${server.address().port}/`;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: CHROMIUM_ARGS });

/**
 * Run in the page: notes what each box answers and for how long the main thread was busy at a stretch.
 * @param {boolean} buffered whether what it was busy with before counts too
 */
function watch(buffered) {
  window.longest = 0;
  window.answers = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.longest = Math.max(window.longest, entry.duration);
  }).observe({ type: 'longtask', buffered });
  for (const [at, box] of [...document.querySelectorAll('jisou-search')].entries()) {
    box.addEventListener('jisou-answered', (event) => window.answers.push([at, event.detail.answer.query]));
  }
}

/** The browser reports blocks of 50 ms and more. @param {number} longest in ms */
const blocked = (longest) => (longest === 0 ? 'under 50' : Math.round(longest));

/** Every box is asked its own three queries at once, and ends with the hits of the last. */
async function manyBoxes() {
  const tab = await browser.newPage();
  await tab.goto(`${url}many.html`);
  await tab.waitForFunction(() => customElements.get('jisou-search') !== undefined);
  await tab.evaluate(watch, true);
  const asked = Array.from({ length: BOXES }, (_, at) => [0, 1, 2].map((turn) => drawn[at * 3 + turn]));
  const shown = await tab.evaluate(async (asked) => {
    const boxes = [...document.querySelectorAll('jisou-search')];
    for (const turn of [0, 1, 2]) boxes.forEach((box, at) => box.search(asked[at][turn]));
    const last = (at) => window.answers.filter(([box]) => box === at).at(-1)?.[1];
    while (boxes.some((_, at) => last(at) !== asked[at][2])) await new Promise((done) => setTimeout(done, 20));
    // Boxes of a page take turns in showing their lists.
    const visible = (box) => box.shadowRoot.querySelectorAll('.page, .nothing').length > 0;
    const until = performance.now() + 10_000;
    while (boxes.some((box) => !visible(box)) && performance.now() < until) await new Promise((done) => setTimeout(done, 20));
    return boxes.map((box, at) => [last(at), box.query, visible(box)]);
  }, asked);
  const lost = shown.filter(([last, query, visible], at) => last !== asked[at][2] || query !== asked[at][2] || !visible).length;
  console.log(`figure: boxes on one page, each answered in order | ${BOXES} | ${lost}`);
  console.log(`figure: longest block of the main thread while 50 boxes open their index and answer, ms | ${blocked(await tab.evaluate(() => window.longest))} | -`);
  assert.equal(lost, 0);
  await tab.close();
}

/** @param {number} slower @param {string} what */
async function keystrokes(slower, what) {
  const tab = await browser.newPage();
  await tab.goto(`${url}one.html`);
  const protocol = await tab.context().newCDPSession(tab);
  await tab.waitForFunction(() => customElements.get('jisou-search') !== undefined);
  // The index is open before the clock runs: what typing costs is measured, not loading.
  await tab.evaluate(() => document.querySelector('jisou-search').ready());
  await tab.getByRole('combobox').fill('上海精神');
  await tab.waitForFunction(() => document.querySelector('jisou-search').shadowRoot.querySelector('.page'));
  await protocol.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await tab.evaluate(watch, false);
  const text = drawn.join('').slice(0, KEYS);
  const result = await tab.evaluate(async ([text, perSecond]) => {
    const input = document.querySelector('jisou-search').shadowRoot.querySelector('input[role]');
    const chars = [...text];
    let typed = 0;
    let value = '';
    const started = performance.now();
    const finals = [];
    while (typed < chars.length) {
      // A task for each, as keys have it, as soon as it is due; a word of six characters, then the next from the beginning.
      const due = started + (typed * 1000) / perSecond;
      await scheduler.postTask(() => {}, { delay: Math.max(0, due - performance.now()) });
      value = typed % 6 === 0 ? chars[typed] : value + chars[typed];
      input.value = value;
      input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      finals.push(value);
      typed++;
    }
    const took = performance.now() - started;
    while (window.answers.at(-1)?.[1] !== value) await new Promise((done) => setTimeout(done, 20));
    await new Promise((done) => setTimeout(done, 100));
    // Answers may skip what was overtaken, but never go back: each answered value stands behind the one before.
    let at = 0;
    const backward = window.answers.filter(([, query]) => {
      const found = finals.indexOf(query, at);
      if (found >= 0) at = found;
      return found < 0;
    }).length;
    return { typed, took, backward, answered: window.answers.length, same: input.value === value, longest: window.longest };
  }, [text, PER_SECOND]);
  console.log(`figure: keystrokes, ${Math.round((result.typed * 1000) / result.took)} a second of ${PER_SECOND}${what} | ${result.typed} | ${result.backward + Number(!result.same)}`);
  console.log(`figure: longest block of the main thread while typing${what}, ms | ${blocked(result.longest)} | -`);
  assert.deepEqual([result.typed, result.backward, result.same], [KEYS, 0, true]);
  await tab.close();
}

try {
  await manyBoxes();
  await keystrokes(1, '');
  await keystrokes(4, ', processor 4 times slower');
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}
