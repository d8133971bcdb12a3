/**
 * What browsers do to a page around the box: storage that is full, frames of another site, two copies of the script, the cache of
 * the back button, a tab that is put to sleep in the middle of a query. In Chromium, whose protocol can do all of it.
 */
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS } from '../../tools/chromium.mjs';
import { BOX, site } from './fixtures.mjs';
import { dist, firstMark, newPage, root, setUp } from './harness.mjs';

const set = setUp();
const INLINE = '<jisou-search mode="inline"></jisou-search>';

/** @param {import('playwright-core').Page | import('playwright-core').FrameLocator} where */
const boxIn = (where) => where.getByRole('combobox');

test('with storage that is full the box answers, hits open, and the console stays empty', async () => {
  const { page, context, messages } = await newPage(set);
  await site(page, set.url, { 'a.html': INLINE });
  await page.addInitScript(() => {
    // By halves, to the last byte.
    for (let size = 1 << 22; size >= 1; size >>= 1) {
      try {
        for (let at = 0; ; at++) localStorage.setItem(`${size} ${at}`, 'x'.repeat(size));
      } catch {
        // No room for so much.
      }
    }
  });
  await page.goto(`${set.url}a.html`);
  assert.equal(await page.evaluate(() => { try { localStorage.setItem('more', '12345678'); return 'stored'; } catch (error) { return error.name; } }), 'QuotaExceededError');
  await boxIn(page).fill('上海精神');
  await firstMark(page, '上海精神');
  await boxIn(page).press('Enter');
  await page.waitForURL((url) => !url.pathname.endsWith('a.html'));
  assert.deepEqual(messages.filter((message) => !message.includes('404')), []);
  await context.close();
});

test('in a frame of another site without storage and origin the box answers', async () => {
  const { page, context, messages } = await newPage(set);
  // The same server by its number is another site than by its name.
  const other = set.url.replace('localhost', '127.0.0.1');
  await site(context, set.url, { 'inner.html': INLINE }, { policy: '' });
  await context.route('**/*.{js,wasm}', async (route) => {
    const response = await route.fetch();
    // A frame without an origin is another origin to every host: what it loads has to be allowed to it.
    await route.fulfill({ response, headers: { ...response.headers(), 'access-control-allow-origin': '*' } });
  });
  await site(context, other, { 'outer.html': `<iframe title="box" sandbox="allow-scripts" width="800" height="600" src="${set.url}inner.html"></iframe>` }, { policy: '', head: '' });
  await page.goto(`${other}outer.html`);
  const frame = page.frameLocator('iframe');
  await boxIn(frame).fill('上海精神');
  await frame.locator('[part~=mark]').first().waitFor();
  const inner = page.frames().find((frame) => frame.url().includes('inner.html'));
  assert.equal(await inner.evaluate(() => { try { return typeof localStorage; } catch (error) { return error.name; } }), 'SecurityError');
  assert.equal(await inner.evaluate(() => origin), 'null');
  assert.deepEqual(messages, []);
  await context.close();
});

test('two versions of the script on one page: the first defines the element, both boxes work', async () => {
  const { page, context, messages, requests } = await newPage(set);
  const script = await readFile(join(dist, 'jisou-search.js'), 'utf8');
  await page.route('**/old/jisou-search.js', (route) => route.fulfill({ body: `${script}\n// another version`, contentType: 'text/javascript' }));
  await page.route('**/old/{jisou,jisou_engine}*', async (route) => route.continue({ url: route.request().url().replace('/old/', '/') }));
  await site(page, set.url, { 'a.html': `${INLINE}${INLINE}` }, { head: `<script type="module" src="./old/jisou-search.js"></script>${BOX}` });
  await page.goto(`${set.url}a.html`);
  const boxes = page.getByRole('combobox');
  await page.waitForFunction(() => customElements.get('jisou-search') !== undefined);
  for (const [at, query] of ['上海精神', 'APEC'].entries()) {
    await boxes.nth(at).fill(query);
    await page.locator('jisou-search').nth(at).locator('[part~=mark]', { hasText: query }).first().waitFor();
  }
  assert.equal(requests.filter((request) => request.url().includes('.wasm')).length, 1, 'one module for both');
  assert.deepEqual(messages, []);
  await context.close();
});

test('back from another page out of the cache for that: the query, the hits and the next query', async () => {
  // Playwright turns this cache off.
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: CHROMIUM_ARGS, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  const { page, messages } = await newPage({ ...set, browser });
  await site(page, set.url, { 'a.html': INLINE, 'b.html': '<h1>b</h1>' });
  await page.goto(`${set.url}a.html`);
  await boxIn(page).fill('上海精神');
  await firstMark(page, '上海精神');
  await page.evaluate(() => addEventListener('pageshow', (event) => (window.restored = event.persisted)));
  await page.goto(`${set.url}b.html`);
  await page.evaluate(() => history.back());
  await page.waitForFunction(() => window.restored === true);
  assert.equal(await boxIn(page).inputValue(), '上海精神');
  await boxIn(page).fill('APEC');
  await firstMark(page, 'APEC');
  assert.deepEqual(messages, []);
  await browser.close();
});

test('a tab that is put to sleep in the middle of a query answers the latest one when it wakes', async () => {
  const { page, context, messages } = await newPage(set);
  await site(page, set.url, { 'a.html': INLINE });
  await page.goto(`${set.url}a.html`);
  let release = () => {};
  const released = new Promise((resolve) => (release = resolve));
  await page.route('**/*.wasm', async (route) => {
    await released;
    await route.continue();
  });
  await boxIn(page).fill('上海');
  await boxIn(page).fill('上海精神');
  const protocol = await context.newCDPSession(page);
  await protocol.send('Page.setWebLifecycleState', { state: 'frozen' });
  release();
  await new Promise((done) => setTimeout(done, 500));
  await protocol.send('Page.setWebLifecycleState', { state: 'active' });
  await firstMark(page, '上海精神');
  assert.equal(await boxIn(page).inputValue(), '上海精神');
  await protocol.send('Page.setWebLifecycleState', { state: 'frozen' });
  await protocol.send('Page.setWebLifecycleState', { state: 'active' });
  await boxIn(page).fill('APEC');
  await firstMark(page, 'APEC');
  assert.deepEqual(messages, []);
  await context.close();
});

test('an element that meets an index of another version says so, and one of its own answers', async () => {
  const kept = (await readdir(join(root, 'tests/data'))).filter((name) => name.startsWith('format-')).map((name) => Number(name.slice('format-'.length)));
  const newest = Math.max(...kept);
  const file = (version) => readFile(join(root, `tests/data/format-${version}/index.jisou`));
  const future = async (version) => {
    const index = Buffer.from(await file(newest));
    index.writeUInt16LE(version, 4);
    return index;
  };
  const indexes = [
    ...(await Promise.all(kept.map(async (version) => [version, await file(version)]))),
    [newest + 1, await future(newest + 1)],
    [0xffff, await future(0xffff)],
  ];
  for (const [version, index] of indexes) {
    const expected = version === newest ? 'answered' : 'wrong-version';
    const { page, context, messages } = await newPage(set);
    await page.route('**/given.jisou', (route) => route.fulfill({ body: index, contentType: 'application/octet-stream' }));
    // The API as it is, over an index that is fetched.
    await page.route('**/jisou.js', (route) => route.fulfill({
      contentType: 'text/javascript',
      body: `import init, { Engine } from './jisou_engine.js'; import { Index, JisouError } from './jisou.js?real';
        export const open = async () => { await init(); const bytes = new Uint8Array(await (await fetch('given.jisou')).arrayBuffer());
          try { return new Index(new Engine(bytes)); } catch (error) { throw JisouError.from(error); } };`,
    }));
    await site(page, set.url, { 'a.html': INLINE });
    await page.goto(`${set.url}a.html`);
    await page.evaluate(() => {
      const box = document.querySelector('jisou-search');
      box.addEventListener('jisou-error', (event) => (window.outcome = event.detail.error.code));
      box.addEventListener('jisou-answered', () => (window.outcome = 'answered'));
    });
    await boxIn(page).fill('国际合作');
    await page.waitForFunction(() => 'outcome' in window);
    assert.equal(await page.evaluate(() => window.outcome), expected, `version ${version}`);
    if (expected !== 'answered') await page.getByRole('alert').getByText('索引').first().waitFor();
    assert.deepEqual(messages, []);
    await context.close();
  }
});
