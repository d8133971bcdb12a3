/** The seed pages as a site of many short pages, indexed by the command, whole and in pieces. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { newPage, root, setUp } from './harness.mjs';

const program = process.env.JISOU_PROGRAM ?? join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug', 'jisou');

export const paragraphs = readdirSync(join(root, 'corpus'))
  .filter((name) => name.endsWith('.txt'))
  .flatMap((name) => readFileSync(join(root, 'corpus', name), 'utf8').split(/\n+/).filter((line) => line.length > 60));

/** Strings of 2 to 9 characters from everywhere, words that stand apart, and what stands nowhere whole. */
export const QUERIES = paragraphs.filter((_, at) => at % 4 === 0).flatMap((text, at) => [
  text.slice(at % 40, at % 40 + 2 + at % 8),
  `${text.slice(0, 2)} ${text.slice(20, 22)}`,
]);

/**
 * The site in a folder of its own, served: `/whole/`, `/cut/`, a page without and one with a box (`box.html`, over the pieces).
 * @param {string} name
 * @param {(at: number) => object} [more] what else the record of a page says
 */
export function paragraphSite(name, more = () => ({})) {
  const folder = mkdtempSync(join(tmpdir(), `jisou-${name}-`));
  const jisou = (...args) => execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const RECORDS = paragraphs.map((body, at) => ({ url: `/${at}`, title: `${body.slice(0, 8)} ${at}`, body, ...more(at) }));
  const records = (file, list) => writeFileSync(join(folder, file), list.map((record) => JSON.stringify(record)).join('\n'));
  records('records.jsonl', RECORDS);
  for (const layout of ['whole', 'cut']) jisou('index', 'records.jsonl', '--output', layout, '--layout', layout);
  writeFileSync(join(folder, 'index.html'), '<!doctype html><html lang=zh-CN><title>页</title><link rel=icon href="data:,"><p>页</p>');
  writeFileSync(
    join(folder, 'box.html'),
    '<!doctype html><html lang=zh-CN><title>搜索</title><link rel=icon href="data:,"><script type=module src="cut/jisou-search.js"></script><jisou-search mode=inline></jisou-search>',
  );
  const set = setUp(folder);
  after(() => rmSync(folder, { recursive: true, force: true }));
  const blank = async (path = '') => {
    const opened = await newPage(set);
    await opened.page.goto(set.url + path);
    return opened;
  };
  return { folder, jisou, RECORDS, records, set, blank };
}
