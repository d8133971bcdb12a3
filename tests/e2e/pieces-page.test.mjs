/**
 * An index in pieces in a page: the box over it, what takes long, and the service worker.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { QUERIES, paragraphSite } from './paragraphs.mjs';

const { folder, jisou, RECORDS, records, set, blank } = paragraphSite('pieces-page');

test('the box works on pieces, and asks for none before it is used', async () => {
  const { page, context, requests, messages } = await blank('box.html');
  await page.waitForSelector('jisou-search input');
  assert.deepEqual(requests.filter((request) => /pieces-|engine-|root-/.test(request.url())), []);
  const box = page.locator('input[role=combobox]');
  await box.fill('合作');
  await page.waitForSelector('[part=results] mark');
  assert.match(await page.locator('[part=results]').textContent(), /合作/);
  assert.match(await page.locator('[part=completions]').textContent(), /合作./);
  assert.deepEqual(messages, []);
  await context.close();
});

test('an answer that takes long is said to: the first in place of what stands there at the start, others beside the one before', async () => {
  const { page, context, messages } = await blank('box.html');
  let release = () => {};
  let held;
  const hold = () => (held = new Promise((resolve) => (release = resolve)));
  hold();
  await context.route('**/pieces-*/*', async (route) => {
    await held;
    await route.continue();
  });
  const box = page.locator('input[role=combobox]');
  await box.focus();
  await page.waitForSelector('[part=panel] .start', { state: 'attached' });
  await box.fill('合作');
  await page.getByText('正在搜索').first().waitFor();
  assert.equal(await page.locator('[part=panel] .start').count(), 0);
  release();
  await page.waitForSelector('[part=results] mark');
  assert.equal(await page.locator('.stalled').count(), 0);
  hold();
  await box.fill('粮食');
  await page.waitForSelector('.stalled');
  assert.match(await page.locator('[part=results]').textContent(), /合作/);
  await page.waitForFunction(() => /正在搜索/.test(document.querySelector('jisou-search').shadowRoot.querySelector('[role=status]').textContent));
  release();
  await page.waitForSelector('.panel:not(.stalled) [part=results] mark:text("粮食")');
  assert.deepEqual(messages, []);
  await context.close();
});

test('with the service worker the box goes on without the network, and a new build takes the place of the old one', async () => {
  jisou('index', 'records.jsonl', '--output', 'offline', '--layout', 'cut');
  writeFileSync(join(folder, 'sw.js'), "importScripts('/offline/jisou-sw.js');");
  const { page, context } = await blank('index.html');
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/sw.js');
    await navigator.serviceWorker.ready;
  });
  await page.reload();
  const ask = async (query) => page.evaluate(async (query) => {
    const { open } = await import('/offline/jisou.js');
    const index = await open();
    return index.search(query).then((answer) => answer.hits[0]?.url, (error) => error.code);
  }, query);
  const names = () => page.evaluate(async () => (await (await caches.open('jisou')).keys()).map((request) => new URL(request.url).pathname));
  const online = await ask('合作');
  await page.waitForFunction(async () => (await (await caches.open('jisou')).keys()).some((request) => request.url.endsWith('/jisou.js')));
  const old = (await names()).find((name) => /root-/.test(name));
  await context.setOffline(true);
  const elsewhere = await page.evaluate(() => fetch('/index.html').then(() => 'fetched', () => 'offline'));
  assert.deepEqual([await ask('合作'), await ask('粮食'), elsewhere], [online, 'load-failed', 'offline']);
  await context.setOffline(false);
  records('more.jsonl', [...RECORDS, { url: '/later', title: '后来的一页', body: '后来居上的一页。' }]);
  jisou('index', 'more.jsonl', '--output', 'offline', '--layout', 'cut');
  await page.reload();
  assert.equal(await ask('后来居上'), '/later');
  await page.waitForFunction(async (old) => !(await (await caches.open('jisou')).keys()).some((request) => request.url.endsWith(old)), old);
  assert.deepEqual(new Set((await names()).filter((name) => /pieces-/.test(name)).map((name) => name.split('/')[2])).size, 1);
  await context.close();
});

test('a bundle that is stored as a whole when the worker is installed answers everything offline, within its limit', async () => {
  jisou('index', 'records.jsonl', '--output', 'ahead', '--layout', 'cut');
  writeFileSync(join(folder, 'ahead-sw.js'), "self.JISOU = { precache: ['/ahead/'] }; importScripts('/ahead/jisou-sw.js');");
  writeFileSync(join(folder, 'little-sw.js'), "self.JISOU = { precache: ['/ahead/'], limit: 400_000 }; importScripts('/ahead/jisou-sw.js');");
  for (const [worker, all] of [['/ahead-sw.js', true], ['/little-sw.js', false]]) {
    const { page, context } = await blank('index.html');
    await page.evaluate(async (worker) => {
      await navigator.serviceWorker.register(worker);
      await navigator.serviceWorker.ready;
    }, worker);
    const bytes = await page.evaluate(async () => {
      const cache = await caches.open('jisou');
      const sizes = await Promise.all((await cache.keys()).map(async (request) => (await (await cache.match(request)).arrayBuffer()).byteLength));
      return sizes.reduce((sum, size) => sum + size, 0);
    });
    if (all) {
      await page.reload();
      await context.setOffline(true);
      const totals = await page.evaluate(async (queries) => {
        const { open } = await import('/ahead/jisou.js');
        const index = await open();
        const totals = [];
        for (const query of queries) totals.push((await index.search(query)).total);
        return totals;
      }, QUERIES.slice(0, 30));
      assert.equal(totals.length, 30);
    } else {
      assert.ok(bytes <= 400_000, `${bytes} bytes`);
    }
    await context.close();
  }
});
