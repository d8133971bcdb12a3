/**
 * Filters, sorts and counts over an index in pieces: the answers of the whole index, in the API and in the box. And questions that are called off.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPage } from './harness.mjs';
import { paragraphSite, paragraphs } from './paragraphs.mjs';

/** Pages of three kinds, numbered. */
const { set } = paragraphSite('chosen', (at) => ({
  filters: { 类: at % 7 === 0 ? ['新闻', '评论'] : at % 3 === 0 ? '评论' : '新闻', 页: String(at % 5) },
  sort: at % 4 === 0 ? {} : { 号: (at * 37) % 101 },
}));

const CHOSEN = [
  { filters: { 类: '评论' } },
  { filters: { 类: { none: ['评论'] }, 页: { any: ['1', '2'] } } },
  { sort: { 号: 'desc' } },
  { filters: { 类: ['新闻', '评论'] }, sort: { 号: 'asc' } },
  { facets: true },
];
const QUERIES = ['合作', '中国', '经济 发展', '', 'hezuo', '保护主义', '合作 -中国', ...paragraphs.filter((_, at) => at % 60 === 7).map((text) => text.slice(9, 13))];

/** In the page: what a bundle answers. */
const ask = async ([bundle, queries, chosen]) => {
  const { open } = await import(`${bundle}jisou.js`);
  const index = await open();
  const answers = [];
  for (const query of queries) {
    for (const options of chosen) {
      const { total, tier, hits, facets, least } = await index.search(query, { limit: 7, offset: 2, ...options });
      answers.push({ query, options, total, tier, least: Boolean(least), facets, hits: hits.map(({ id, tier }) => [id, tier]) });
    }
  }
  // By now another engine answers: what there is to choose by is the same.
  return [...answers, { filters: await index.filters(), sorts: await index.sorts() }];
};

test('chosen pages are those of the whole index, in its order, with its counts', async () => {
  const { page, context, requests, messages } = await newPage(set);
  await page.goto(set.url);
  const [whole, cut] = [await page.evaluate(ask, ['/whole/', QUERIES, CHOSEN]), await page.evaluate(ask, ['/cut/', QUERIES, CHOSEN])];
  assert.deepEqual(cut.pop(), whole.pop());
  const asked = requests.map((request) => request.url()).filter((url) => url.endsWith('facets.json')).length;
  assert.ok(asked <= 2, `${asked} requests for what there is to choose by`);
  let counted = 0;
  for (const [at, { least, ...one }] of cut.entries()) {
    const { least: _, ...other } = whole[at];
    const said = JSON.stringify([one.query, one.options]);
    if (least) {
      assert.deepEqual([one.hits, one.tier], [other.hits, other.tier], said);
      assert.ok(one.total <= other.total, said);
      continue;
    }
    // Pages that do not pass are not looked at, so of what lists do not tell fewer may be counted.
    const sure = ['合作', '中国', '经济 发展', ''].includes(one.query);
    if (!sure) one.facets = other.facets = [];
    assert.deepEqual(one, other, said);
    counted += Number(sure);
  }
  assert.ok(counted >= 15, `${counted} answers whose counts are exact`);
  assert.deepEqual(messages, []);
  await context.close();
});

test('why a page stands where it stands is told in the same numbers', async () => {
  const { page, context, messages } = await newPage(set);
  await page.goto(set.url);
  const why = async ([bundle, queries]) => {
    const { open } = await import(`${bundle}jisou.js`);
    const index = await open();
    const told = [];
    for (const query of queries) {
      const { hits } = await index.search(query, { limit: 3 });
      for (const { id, score } of hits) told.push([query, id, score, await index.explain(query, id)]);
    }
    return [...told, await index.explain('合作', 0), await index.explain('不在这里的话', 0)];
  };
  const queries = ['合作', '经济 发展', '中国', '国际 -合作', '合作共赢'];
  const [whole, cut] = [await page.evaluate(why, ['/whole/', queries]), await page.evaluate(why, ['/cut/', queries])];
  assert.ok(whole.length > 12);
  assert.deepEqual(cut, whole);
  for (const [query, , score, told] of cut.slice(0, -2)) assert.equal(told.parts.reduce((sum, { value }) => sum + value, 0), score, query);
  assert.deepEqual(messages, []);
  await context.close();
});

test('the box filters, counts and sorts over pieces, and asks for counts only where they are shown', async () => {
  const { page, context, requests, messages } = await newPage(set);
  await page.goto(`${set.url}box.html`);
  await page.locator('input[role=combobox]').fill('合作');
  await page.waitForSelector('[part=results]');
  const total = async () => Number((await page.locator('.summary strong').textContent())?.match(/\d+/)?.[0]);
  const all = await total();
  const asked = () => requests.map((request) => request.url()).filter((url) => /\/f\d+\.txt/.test(url)).length;
  assert.equal(asked(), 0);
  await page.getByRole('button', { name: /筛选/ }).click();
  const group = page.getByRole('group', { name: '页' });
  await group.locator('small').filter({ hasText: /[1-9]/ }).first().waitFor();
  assert.ok(asked() > 0);
  const counts = (await group.locator('small').allTextContents()).map(Number);
  assert.equal(counts.reduce((sum, count) => sum + count), all);
  await group.getByRole('checkbox').first().check();
  await page.getByText('筛选（1）').waitFor();
  await page.getByText(`找到 ${counts[0]} 条`).waitFor();
  await page.getByLabel('排序').selectOption({ label: '号: 由大到小' });
  const numbers = () => page.locator('.page').evaluateAll((links) => links.map((link) => Number(link.pathname.slice(1))));
  const rank = (at) => (at % 4 === 0 ? -1 : (at * 37) % 101);
  await page.waitForFunction(() => document.querySelector('jisou-search').shadowRoot.querySelector('select').value === '号 desc');
  const ordered = (list) => list.every((at, place) => place === 0 || rank(list[place - 1]) >= rank(at));
  let shown = await numbers();
  for (let tries = 0; tries < 100 && !ordered(shown); tries++) {
    await page.waitForTimeout(50);
    shown = await numbers();
  }
  assert.ok(ordered(shown) && shown.length > 2, String(shown));
  assert.ok(shown.every((at) => at % 5 === shown[0] % 5));
  assert.deepEqual(messages, []);
  await context.close();
});

test('a question that is called off is fetched no further, and changes no other answer', async () => {
  const { page, context } = await newPage(set);
  let sent = 0;
  context.on('request', (request) => (sent += Number(request.url().includes('/pieces-'))));
  await page.goto(set.url);
  await context.route('**/pieces-*/**', async (route) => {
    await new Promise((done) => setTimeout(done, 150));
    await route.continue().catch(() => {});
  });
  const asked = async (worker) => {
    const { open } = await import('./cut/jisou.js');
    const index = await open(undefined, { worker });
    const stop = new AbortController();
    const [old, same, other] = ['中国', '中国', '合作'].map((query, at) => index.search(query, at === 0 ? { signal: stop.signal } : {}));
    const gone = index.search('保护主义', { signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    const code = (promise) => promise.then(() => 'answered', (error) => error.code);
    const codes = [await code(old), await code(gone), await code(index.search('发展', { signal: AbortSignal.abort() }))];
    const ids = async (promise) => (await promise).hits.map(({ id }) => id);
    const answers = [await ids(same), await ids(other), await ids(index.search('保护主义'))];
    index.close();
    const fresh = await open(undefined, { worker });
    return { codes, answers, expected: [await ids(fresh.search('中国')), await ids(fresh.search('合作')), await ids(fresh.search('保护主义'))] };
  };
  for (const worker of [false, true]) {
    const { codes, answers, expected } = await page.evaluate(asked, worker);
    assert.deepEqual(codes, ['aborted', 'aborted', 'aborted']);
    assert.deepEqual(answers, expected);
    assert.ok(answers.every((hits) => hits.length > 0));
  }
  // Of a question that is called off in its first round no other is fetched.
  const rounds = async (soon) => {
    sent = 0;
    await page.evaluate(async (soon) => {
      const { open } = await import('./cut/jisou.js');
      const index = await open(undefined, { worker: false });
      const stop = new AbortController();
      if (soon) setTimeout(() => stop.abort(), 50);
      await index.search('扩大楼宇', { signal: stop.signal }).catch(() => {});
      index.close();
    }, soon);
    return sent;
  };
  const [stopped, whole] = [await rounds(true), await rounds(false)];
  assert.ok(stopped > 0 && stopped < whole, `${stopped} of ${whole}`);
  await context.close();
});
