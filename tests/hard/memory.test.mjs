/**
 * The memory of the module does not grow: over queries, and over opening and closing. WebAssembly memory never shrinks, so its length
 * after a warm-up is what it must still be at the end. `JISOU_HARD` asks for the long runs of `make hard`.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '..', '..');
const hard = Boolean(process.env.JISOU_HARD);
const QUERIES = hard ? 100_000 : 6_000;
const OPENINGS = hard ? 10_000 : 1_000;

const { Engine, initSync } = await import(join(root, 'pkg/jisou.js'));
const { memory } = initSync({ module: await readFile(join(root, 'pkg/jisou_bg.wasm')) });
const drawn = (await readFile(join(root, 'tests/data/answers.txt'), 'utf8')).trimEnd().split('\n').map((line) => line.slice(17));
const seed = await readFile(join(root, 'pkg/corpus.jisou'));
const small = await readFile(join(root, `tests/data/format-${seed.readUInt16LE(4)}/index.jisou`));

/** Texts of every kind: what was drawn, what is misspelt, what is long, what is no text. */
const queries = [...drawn, ...drawn.map((query) => `"${query}" -甲`), 'guoji', 'usestaet', '哈萨克斯但', '国'.repeat(3000), 'a '.repeat(2000), '', '\0', '-"'.repeat(500)];

/** @param {InstanceType<typeof Engine>} engine @param {number} at */
function ask(engine, at) {
  const query = queries[at % queries.length];
  engine.search(query, { limit: at % 7 === 0 ? Infinity : 10 });
  if (at % 3 === 0) engine.suggest(query.slice(0, 8), undefined);
  if (at % 5 === 0) engine.page(at % 20, query);
  if (at % 11 === 0) engine.explain(query, at % 20);
}

test(`${QUERIES} queries take no more memory than the first thousand`, () => {
  const engine = new Engine(seed);
  // Each text once, in every role that it can have.
  const warm = queries.length * 2;
  for (let at = 0; at < warm; at++) ask(engine, at);
  const before = memory.buffer.byteLength;
  for (let at = warm; at < QUERIES; at++) ask(engine, at);
  const grown = memory.buffer.byteLength - before;
  engine.free();
  console.log(`figure: queries of one engine, bytes its memory grew by | ${QUERIES} | ${grown}`);
  assert.equal(grown, 0);
});

test(`an index opened and closed ${OPENINGS} times leaves nothing, and neither does one that is refused`, () => {
  const damaged = Buffer.from(small);
  damaged[damaged.length - 1] ^= 1;
  const turn = () => {
    const engine = new Engine(small);
    engine.search('国际', undefined);
    engine.free();
    assert.throws(() => new Engine(damaged), { code: 'checksum' });
  };
  for (let at = 0; at < 100; at++) turn();
  const before = memory.buffer.byteLength;
  for (let at = 0; at < OPENINGS; at++) turn();
  const grown = memory.buffer.byteLength - before;
  console.log(`figure: openings and closings, bytes the memory grew by | ${OPENINGS} | ${grown}`);
  assert.equal(grown, 0);
});
