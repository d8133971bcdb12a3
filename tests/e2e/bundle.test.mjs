/**
 * What the command writes, in a browser: a bundle opened by its folder and by its own script, filters and sorts, a module with
 * the index inside, a page that opens from a file. `JISOU_PROGRAM` names another program than the one that cargo built here.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { By } from 'selenium-webdriver';
import { BROWSERS, start } from './drivers.mjs';
import { newPage, root, setUp } from './harness.mjs';

const program = process.env.JISOU_PROGRAM ?? join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug', 'jisou');
const folder = mkdtempSync(join(tmpdir(), 'jisou-bundle-'));
const jisou = (...args) => execFileSync(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
const write = (name, text) => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};

const RECORDS = [
  { url: '/a', title: '春天', body: '盼望着,东风来了。', filters: { 类: ['散文', '春'] }, sort: { 年: 1933 } },
  { url: '/b', title: '夏天', body: '东风不来,蝉声很响。', filters: { 类: '散文' }, sort: { 年: 1990 } },
  { url: '/c', title: '秋天', body: '东风已去。', filters: { 类: '诗' } },
];
write('docs/index.html', '<!doctype html><title>首页</title><link rel=icon href="data:,"><main><p>欢迎。</p></main>');
write('docs/guide/起步 1.html', '<!doctype html><title>起步</title><main><h1>起步</h1><p>先装上它。<img src=a.png data-jisou-meta="image[src]"></p></main>');
write('records.jsonl', RECORDS.map((record) => JSON.stringify(record)).join('\n'));
jisou('index', 'docs');
jisou('index', 'records.jsonl', '--output', 'records');
jisou('index', 'records.jsonl', '--output', 'pieces', '--layout', 'cut');
jisou('embed', 'records', '--wasm', 'records.wasm', '--html', 'records.html');
/** The page with everything inside, moved to another name. */
const single = join(folder, '搜索 1.html');
renameSync(join(folder, 'records.html'), single);

const set = setUp(folder);
after(() => rmSync(folder, { recursive: true, force: true }));

/** A page on which the scripts of a bundle can be imported. */
async function blank() {
  const opened = await newPage(set);
  await opened.page.goto(`${set.url}docs/`);
  return opened;
}

test('a bundle answers by its own script, in a site under a path, with addresses that lead to its pages', async () => {
  const { page, context, requests, messages } = await blank();
  const hit = await page.evaluate(async () => {
    const { open } = await import('/docs/jisou/jisou.js');
    const [index] = await Promise.all([open(), open('/docs/jisou/'), open('jisou/')]);
    const { hits } = await index.search('先装');
    return hits[0];
  });
  assert.equal(hit.url, '/docs/guide/%E8%B5%B7%E6%AD%A5%201.html');
  assert.equal(hit.meta.image, '/docs/guide/a.png');
  assert.equal((await page.request.get(new URL(hit.url, set.url).href)).status(), 200);
  const fetched = requests.map((request) => request.url()).filter((url) => /engine-|index-/.test(url));
  assert.equal(fetched.length, 2, 'engine and index, once each');
  assert.deepEqual(messages, []);
  await context.close();
});

for (const layout of ['whole', 'cut']) test(`a bundle opened by its folder has filters, facets and sorts: ${layout}`, async () => {
  const { page, context } = await blank();
  const got = await page.evaluate(async (folder) => {
    const { open } = await import('/docs/jisou/jisou.js');
    const index = await open(folder);
    const titles = async (query, options) => (await index.search(query, options)).hits.map((hit) => hit.title);
    const code = (promise) => promise.then(() => 'answered', (error) => `${error.code}: ${error.message}`);
    return {
      filters: await index.filters(),
      sorts: await index.sorts(),
      all: await titles('东风', { filters: { 类: ['散文', '春'] } }),
      any: await titles('东风', { filters: { 类: { any: ['诗', '春'] } }, sort: { 年: 'asc' } }),
      none: await titles('', { filters: { 类: { none: ['散文'] } } }),
      listed: await titles('', { sort: { 年: 'desc' } }),
      stale: await titles('东风', { filters: { 类: '没有的值' } }),
      facets: (await index.search('蝉声', { filters: { 类: '诗' } })).facets,
      empty: (await index.search('')).hits.length,
      unknown: await code(index.search('东风', { filters: { 无: 'x' } })),
      order: await code(index.search('东风', { sort: { 年: 'up' } })),
      url: (await index.search('蝉声')).hits[0].url,
    };
  }, layout === 'cut' ? '/pieces/' : '/records/');
  const values = (...counts) => [{ name: '类', values: ['散文', '春', '诗'].map((value, at) => ({ value, count: counts[at] })) }];
  assert.deepEqual(got.filters, values(2, 1, 1));
  assert.deepEqual(got.sorts, [{ name: '年', type: 'number' }]);
  assert.deepEqual([got.all, got.any, got.none], [['春天'], ['春天', '秋天'], ['秋天']]);
  assert.deepEqual([got.listed, got.stale, got.empty], [['夏天', '春天', '秋天'], [], 0]);
  assert.deepEqual(got.facets, values(1, 0, 0));
  assert.match(got.unknown, /^bad-option: .*无.*类/);
  assert.match(got.order, /^bad-option/);
  assert.equal(got.url, '/b');
  await context.close();
});

test('the scripts of a bundle are small, and their style sheets say what the sources do', async () => {
  const sent = (name) => {
    const bytes = readFileSync(join(folder, 'docs/jisou', name));
    return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;
  };
  for (const [name, limit] of [['jisou-search.js', 15_400], ['jisou-mark.js', 3_200], ['jisou.js', 4_000]]) {
    assert.ok(sent(name) <= limit, `${name}: ${sent(name)} bytes of ${limit}`);
  }
  const sources = await Promise.all(['theme', 'box', 'list'].map((name) => import(`../../www/element/styles/${name}.js`)));
  const { page, context } = await blank();
  const [ours, theirs] = await page.evaluate(async (sources) => {
    const rules = (sheet) => [...sheet.cssRules].map((rule) => rule.cssText.replace(/,\s+/g, ','));
    await import('/docs/jisou/jisou-search.js');
    const box = document.createElement('jisou-search');
    document.body.append(box);
    await new Promise((done) => setTimeout(done, 50));
    const parsed = sources.map((source) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(source);
      return sheet;
    });
    return [box.shadowRoot.adoptedStyleSheets, parsed].map((sheets) => sheets.flatMap(rules).sort());
  }, sources.map((source) => source.default));
  assert.ok(theirs.length > 50);
  assert.deepEqual(ours, theirs);
  await context.close();
});

test('a module with the index inside, and a folder that is no bundle', async () => {
  const { page, context } = await blank();
  const got = await page.evaluate(async () => {
    const { open } = await import('/docs/jisou/jisou.js');
    const { total } = await (await open('/records.wasm')).search('东风');
    const own = await (await open()).search('欢迎');
    return [total, own.total, await open('/nowhere/').catch((error) => error.code)];
  });
  assert.deepEqual(got, [3, 1, 'load-failed']);
  await context.close();
});

test('after a redeploy a script from before finds the new files', async () => {
  const { page, context } = await blank();
  await page.evaluate(() => import('/docs/jisou/jisou.js'));
  write('docs/new.html', '<!doctype html><title>新页</title><main><p>刚刚写好。</p></main>');
  jisou('index', 'docs');
  const hit = await page.evaluate(async () => {
    const { open } = await import('/docs/jisou/jisou.js');
    return (await (await open()).search('刚刚')).hits[0].url;
  });
  assert.equal(hit, '/docs/new.html');
  await context.close();
});

test('the page with everything inside searches from a file, without a request', async () => {
  const { page, context, requests, messages } = await newPage(set);
  await page.goto(pathToFileURL(single).href);
  await page.waitForSelector('#q:not([disabled])');
  await page.fill('#q', '蝉声');
  await page.waitForSelector('#hits mark');
  assert.deepEqual(await page.locator('#hits .title').allTextContents(), ['夏天']);
  await page.click('#hits .title');
  assert.deepEqual(await page.locator('#page mark').allTextContents(), ['蝉声']);
  assert.equal(requests.length, 1);
  assert.deepEqual(messages, []);
  await context.close();
});

for (const name of Object.keys(BROWSERS)) {
  test(`the same in ${name}`, async () => {
    const { browser, stop } = await start(name);
    try {
      await browser.get(pathToFileURL(single).href);
      const texts = (selector) => browser.executeScript('return [...document.querySelectorAll(arguments[0])].map((element) => element.textContent)', selector);
      const shown = (selector) => browser.wait(async () => (await texts(selector)).length > 0, 30_000, selector);
      await shown('#q:not([disabled])');
      await browser.findElement(By.css('#q')).sendKeys('蝉声');
      await shown('#hits mark');
      assert.deepEqual(await texts('#hits .title'), ['夏天']);
      await browser.findElement(By.css('#hits .title')).click();
      await shown('#page mark');
      assert.deepEqual(await texts('#page mark'), ['蝉声']);
      assert.deepEqual(await browser.executeScript("return performance.getEntriesByType('resource').map((entry) => entry.name)"), []);
    } finally {
      await browser.quit().catch(() => {});
      stop();
    }
  });
}
