/**
 * Does the module answer as the engine does natively?
 *
 *   cargo run --release -p jisou-bench --bin answers -- CORPORA S INDEX | node bench/compare.mjs INDEX
 *
 * Every line that comes in is a response and its completions as JSON. The module in pkg/ opens the same index, is asked the
 * same query, and what it gives must be the same text, byte for byte.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import init, { Engine } from '../pkg/jisou.js';

/** At most so many differences are shown. */
const SHOWN = 5;

const pkg = resolve(import.meta.dirname, '..', 'pkg');
let engine;
let queries = 0;
let bytes = 0;
let different = 0;
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (!engine) {
    await init({ module_or_path: readFileSync(join(pkg, 'jisou_bg.wasm')) });
    engine = new Engine(readFileSync(process.argv[2]));
  }
  const { query } = JSON.parse(line)[0];
  const own = JSON.stringify([engine.search(query, {}), engine.suggest(query, {})]);
  queries += 1;
  bytes += line.length;
  if (own !== line) {
    different += 1;
    if (different <= SHOWN) console.error(`compare: ${JSON.stringify(query)}\n  native ${line}\n  module ${own}`);
  }
}
if (queries === 0) {
  console.log('compare: no answers to compare with');
} else {
  console.log(`compare: ${queries} answers of ${bytes} characters, ${different} different`);
  if (different > 0) process.exitCode = 1;
}
