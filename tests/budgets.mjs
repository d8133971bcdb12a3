/**
 * What a reader's browser has to fetch, against the limits. Bytes are counted as a static host sends them, compressed
 * with brotli at its best level; 1 kB is 1000 bytes.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';

const root = resolve(import.meta.dirname, '..');

/** The five files that the demo page asks for before it shows its first results. */
const LOADED = ['index.html', 'style.css', 'app.js', 'jisou.js', 'jisou_engine_bg.wasm'];

/** What a site loads for its box, besides the module and its index. */
const ELEMENT = ['jisou-search.js', 'jisou.js'];

/** @param {Buffer} bytes */
function compressed(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params }).length;
}

/** @param {string[]} path */
const read = (...path) => readFileSync(join(root, ...path));

const texts = readdirSync(join(root, 'corpus')).filter((name) => name.endsWith('.txt')).sort();
const text = compressed(Buffer.concat(texts.map((name) => read('corpus', name))));
const index = compressed(read('pkg', 'corpus.jisou'));
const code = compressed(read('pkg', 'jisou_bg.wasm')) - index;
const sent = (names) => names.reduce((sum, name) => sum + compressed(read('dist', name)), 0);

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/**
 * The code is to be 36 kB for finding and ranking and 9 kB for what is done when little is found; filters, sorts and places
 * come on top. The element with the API is to be 14 kB, the page load 120 kB. Where a limit is above that, it is what there
 * is today, and must not grow.
 *
 * @type {{ figure: string, value: number, limit: number, show: (value: number) => string }[]}
 */
const BUDGETS = [
  { figure: 'index, against the text it holds', value: index / text, limit: 1.245, show: (n) => n.toFixed(3) },
  { figure: 'code without the index', value: code, limit: 50_500, show: kB },
  { figure: 'element, API, styles and texts', value: sent(ELEMENT), limit: 17_900, show: kB },
  { figure: 'page load to first results', value: sent(LOADED), limit: 128_800, show: kB },
];

for (const { figure, value, limit, show } of BUDGETS) {
  test(`${figure}: ${show(value)} of ${show(limit)}`, () => assert.ok(value <= limit));
}
