/**
 * The module that is shipped gives the same answers, byte for byte, in Chromium, Firefox, WebKitGTK and natively: `recorded.rs`
 * records what 2,000 queries are answered, as JSON, and here every browser is asked the same.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { serve } from '../../tools/serve.mjs';
import { BROWSERS, start } from './drivers.mjs';
import { dist, newPage, root, setUp } from './harness.mjs';

const BLANK = { body: '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>blank</title>', headers: { 'content-type': 'text/html;charset=utf-8' } };
const lines = async (name) => (await readFile(join(root, 'tests/data', name), 'utf8')).trimEnd().split('\n');
const drawn = (await lines('answers.txt')).map((line) => line.slice(17));
const recorded = await lines('answers-json.txt');
const set = setUp();
let server;
before(async () => {
  server = await serve(dist, 0, { '/blank.html': BLANK });
});
after(() => {
  server.closeAllConnections();
  server.close();
});

/** The 2,000 queries, as `variants` of tests/draw makes them of the 500 that are drawn. */
const queries = drawn.flatMap((query, at) => [query, `"${query}"`, `${query} ${drawn[(at + 1) % drawn.length]}`, [...query].slice(0, -1).join('')]);

/**
 * Run in the page: the hashes of the answers, as many queries at a time as a line of the record holds. FNV-1a, 32 bits.
 * @param {string[]} queries
 * @param {number} each
 * @param {(hashes: string[]) => void} done
 */
function hashes(queries, each, done) {
  const encoder = new TextEncoder();
  import('/jisou_engine.js').then(async ({ default: init, search }) => {
    await init();
    const out = [];
    for (let from = 0; from < queries.length; from += each) {
      let hash = 0x811c9dc5;
      for (const query of queries.slice(from, from + each)) {
        for (const byte of encoder.encode(JSON.stringify(search(query)))) hash = Math.imul(hash ^ byte, 0x01000193);
      }
      out.push((hash >>> 0).toString(16).padStart(8, '0'));
    }
    return out;
  }).then(done, (error) => done([`${error}`]));
}
const EACH = queries.length / recorded.length;

/** @param {string[]} found */
function compare(found) {
  const differing = recorded.flatMap((hash, at) => (hash === found[at] ? [] : [`${at * EACH} to ${(at + 1) * EACH}`]));
  console.log(`figure: queries compared with their native answers | ${queries.length} | ${differing.length * EACH}`);
  assert.deepEqual(differing, [], `queries that are answered otherwise than natively; ${found[0]}`);
}

test('Chromium answers as the native engine does', async () => {
  const { page, context } = await newPage(set);
  await page.goto(`http://localhost:${server.address().port}/blank.html`);
  compare(await page.evaluate(([source, queries, each]) => new Promise((done) => new Function(`return ${source}`)()(queries, each, done)), [`${hashes}`, queries, EACH]));
  await context.close();
});

for (const name of Object.keys(BROWSERS)) {
  test(`${name} answers as the native engine does`, async () => {
    const { browser, stop } = await start(name);
    try {
      await browser.manage().setTimeouts({ script: 120_000 });
      await browser.get(`http://localhost:${server.address().port}/blank.html`);
      compare(await browser.executeAsyncScript(`return (${hashes})(...arguments)`, queries, EACH));
    } finally {
      await browser.quit().catch(() => {});
      stop();
    }
  });
}
