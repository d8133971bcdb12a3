/** What a box keeps, narrows and refuses: earlier queries, filters, an index that means harm, answers that come late. */
import assert from 'node:assert/strict';
import { BOX, FILTERED, HOSTILE } from './fixtures.mjs';
import { LIST, spoken } from './harness.mjs';
import { ANSWER, TEXT, element, set, siteTest } from './site.mjs';

siteTest('earlier queries are offered, and can be deleted', { 'page.html': `<jisou-search></jisou-search>${TEXT}` }, async ({ page, box }) => {
  const openBox = () => element(page).evaluate((box) => box.open());
  await page.evaluate(() => document.addEventListener('jisou-select', (event) => event.preventDefault()));
  await openBox();
  for (const query of ['APEC', '上海精神', '<b>发展</b>']) {
    await box.fill(query);
    await page.waitForSelector(ANSWER);
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('Escape');
  await openBox();
  await box.fill('');
  const items = page.locator('.history li button:first-child');
  assert.deepEqual(await items.allTextContents(), ['<b>发展</b>', '上海精神', 'APEC']);
  await page.getByRole('button', { name: '删除“上海精神”' }).click();
  assert.deepEqual(await items.allTextContents(), ['<b>发展</b>', 'APEC']);
  await items.last().click();
  await page.waitForSelector(ANSWER);
  assert.equal(await box.inputValue(), 'APEC');
  await box.fill('');
  await page.getByRole('button', { name: '全部删除' }).click();
  assert.equal(await items.count(), 0);
  assert.equal(await page.evaluate(() => localStorage.getItem('jisou-history')), null);
});

siteTest(
  'where storage is denied everything else works',
  { 'page.html': `<jisou-search base="./"></jisou-search>${TEXT}`, '000_8166ed53f431b5b4/1': TEXT },
  async ({ page, box }) => {
    await element(page).evaluate((box) => box.open());
    await box.fill('上海精神');
    await page.waitForSelector(ANSWER);
    await Promise.all([page.waitForURL(/000_8166/), page.keyboard.press('Enter')]);
    await page.getByRole('heading', { name: '文档' }).waitFor();
  },
  {
    head: BOX.replace('./jisou', '/jisou'),
    init: () =>
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('denied', 'SecurityError');
        },
      }),
  },
);

siteTest('filters narrow the answer, counts follow, sorting orders it', { 'page.html': `<jisou-search></jisou-search>${TEXT}` }, async ({ page, box }) => {
  await element(page).evaluate((box) => (box.names = { date: '日期' }));
  await element(page).evaluate((box) => box.search('发展'));
  await page.waitForSelector(ANSWER);
  const total = async () => Number((await page.locator('.summary strong').textContent())?.match(/\d+/)?.[0]);
  const all = await total();
  const toggle = page.getByRole('button', { name: /筛选/ });
  await toggle.focus();
  await page.keyboard.press('Enter');
  assert.equal(await toggle.getAttribute('aria-expanded'), 'true');
  assert.equal(await toggle.evaluate((button) => button.getRootNode().activeElement === button), true, 'the focus stays');
  const group = page.getByRole('group', { name: '栏目' });
  const counts = (await group.locator('small').allTextContents()).map(Number);
  assert.equal(counts.reduce((sum, count) => sum + count), all);
  await group.getByRole('checkbox').first().check();
  await page.getByText('筛选（1）').waitFor();
  assert.equal(await total(), counts[0]);
  assert.ok(await group.getByRole('checkbox').first().evaluate((input) => input.getRootNode().activeElement === input));
  await group.getByRole('checkbox').nth(1).check();
  await page.getByText('筛选（2）').waitFor();
  assert.equal(await total(), counts[0] + counts[1], 'one of them is enough');
  await page.getByLabel('排序').selectOption({ label: '日期: 由旧到新' });
  const hrefs = () => page.locator('.page').evaluateAll((links) => links.map((link) => link.pathname));
  await page.waitForFunction(() => document.querySelector('jisou-search').shadowRoot.querySelector('select').value === 'date asc');
  await page.waitForSelector(ANSWER);
  const ascending = await hrefs();
  assert.deepEqual(ascending, [...ascending].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })));
  await page.getByRole('button', { name: '清除筛选' }).click();
  await page.getByText(`找到 ${all} 条`).waitFor();
  await box.fill('zzzqqq');
  await page.getByText('没有找到“zzzqqq”').waitFor();
}, { api: FILTERED });

siteTest('the filters and the sort that were chosen are there again after a reload and on the way back', {
  'page.html': `<jisou-search mode="page"></jisou-search>${TEXT}`, 'other.html': TEXT,
}, async ({ page, box }) => {
  await box.fill('发展');
  await page.getByRole('button', { name: /筛选/ }).click();
  await page.getByRole('checkbox').first().check();
  await page.getByText('筛选（1）').waitFor();
  await page.getByLabel('排序').selectOption('date asc');
  await page.waitForFunction(() => history.state?.['jisou:q']?.sort === 'date asc');
  const shown = async () => {
    await page.waitForSelector(ANSWER);
    return page.locator('.page').evaluateAll((links) => links.map((link) => link.href));
  };
  const before = await shown();
  const restored = async (how) => {
    await page.getByText('筛选（1）').waitFor();
    assert.equal(await page.getByLabel('排序').inputValue(), 'date asc', how);
    assert.deepEqual(await shown(), before, how);
  };
  await page.reload();
  await restored('after a reload');
  await page.goto(`${set.url}other.html`);
  await page.goBack();
  await restored('on the way back from another page');
  await page.evaluate(() => history.pushState({}, '', location.href));
  await page.getByRole('button', { name: /筛选/ }).click();
  await page.getByRole('button', { name: '清除筛选' }).click();
  await page.waitForFunction(() => Object.keys(history.state['jisou:q']?.chosen ?? { none: [] }).length === 0);
  await page.goBack();
  await restored('on the way back within the page');
}, { api: FILTERED });

siteTest('filters of the history that the index does not have any more are passed over', { 'page.html': `<jisou-search mode="page"></jisou-search>${TEXT}` }, async ({ page, box }) => {
  await box.fill('上海精神');
  await page.waitForFunction(() => history.state?.['jisou:q']);
  const gone = { chosen: { 旧栏目: ['一'] }, sort: 'old desc' };
  await page.evaluate((gone) => history.replaceState({ 'jisou:q': { ...history.state['jisou:q'], ...gone } }, ''), gone);
  await page.reload();
  await page.waitForSelector(ANSWER);
});

siteTest('an index that means harm is shown as text, marked exactly, and leads nowhere', { 'page.html': `<jisou-search></jisou-search>${TEXT}` }, async ({ page, box }) => {
  await element(page).evaluate((box) => box.search('x'));
  await page.waitForSelector(ANSWER);
  await page.getByRole('button', { name: /筛选/ }).click();
  const root = await element(page).evaluate((box) => {
    const root = box.shadowRoot;
    return {
      elements: root.querySelectorAll('script, style, iframe, object').length,
      images: root.querySelectorAll('img').length,
      marks: [...new Set([...root.querySelectorAll('[role=option] mark')].map((mark) => mark.textContent))],
      hrefs: [...root.querySelectorAll('.page')].map((link) => link.getAttribute('href')),
      title: root.querySelector('.title').textContent.length,
      wide: root.querySelector('.panel').scrollWidth - root.querySelector('.panel').clientWidth,
      ticks: root.querySelector('.places').style.backgroundImage.match(/\d+(?=% - 1px)/g),
    };
  });
  assert.deepEqual([root.elements, root.images], [0, 0]);
  assert.deepEqual(root.marks, ['𠀀😀']);
  assert.deepEqual(root.hrefs, [null, null, `${new URL('../fine/page', set.url).href}`]);
  assert.ok(root.title > 10_000);
  assert.equal(root.wide, 0, 'a word of 10,000 characters is broken');
  assert.deepEqual(root.ticks, ['0', '50', '100']);
  await page.keyboard.press('Enter');
  await box.press('ArrowDown');
  await box.press('Enter');
  assert.equal(await page.evaluate(() => 'harmed' in window), false);
  assert.match(page.url(), /page\.html/);
}, { api: HOSTILE });

siteTest('a slow early answer never replaces a newer one', { 'page.html': `<jisou-search></jisou-search>${TEXT}` }, async ({ page, box }) => {
  await element(page).evaluate((box) => box.open());
  await box.fill('slow');
  await box.fill('fast');
  await page.getByText('fast', { exact: true }).waitFor();
  await page.waitForTimeout(400);
  assert.equal(await page.locator('.title').textContent(), 'fast');
  await spoken(page, '找到 1 条');
}, {
  api: `export const open = async () => ({ close() {}, suggest: async () => [], filters: async () => [], sorts: async () => [],
    search: async (query) => {
      await new Promise((done) => setTimeout(done, query === 'slow' ? 300 : 20));
      return { query, total: 1, tier: 'exact', took: 0, suggestion: null,
        hits: [{ id: 0, url: 'a', title: query, titleMarks: [], tier: 'exact', score: 1, sections: [], duplicates: [], meta: {}, places: [] }] };
    } });`,
});

siteTest('an answer that comes late is put in line by line as any other', { 'page.html': `<jisou-search></jisou-search>${TEXT}` }, async ({ page }) => {
  const counts = await element(page).evaluate(async (host) => {
    const groups = () => host.shadowRoot.querySelectorAll('.group').length;
    host.open();
    const counts = [];
    const over = new Promise((done) =>
      host.addEventListener('jisou-answered', ({ detail }) => {
        counts.push(groups());
        if (detail.answer.query === 'late') done();
      }),
    );
    host.search('early');
    await new Promise((done) => setTimeout(done, 50));
    host.search('late');
    while (groups() < 10) await new Promise((done) => setTimeout(done, 10));
    await over;
    return counts;
  });
  assert.deepEqual([counts.length, counts.every((count) => count < 10)], [2, true], counts.join());
}, {
  api: `export const open = async () => ({ close() {}, suggest: async () => [], filters: async () => [], sorts: async () => [],
    search: async (query) => {
      await new Promise((done) => setTimeout(done, query === 'early' ? 100 : 1000));
      const hits = Array.from({ length: 10 }, (_, id) => (
        { id, url: '?a' + id, title: query, titleMarks: [], tier: 'exact', score: 1, sections: [], duplicates: [], meta: {}, places: [] }));
      return { query, total: 10, tier: 'exact', took: 0, suggestion: null, hits };
    } });`,
});

siteTest('a query of 100 kB in the address is answered', { 'page.html': `<jisou-search></jisou-search>${TEXT}` }, async ({ page, box }) => {
  await page.evaluate((q) => history.replaceState(null, '', `?q=${q}`), '上'.repeat(11_000));
  await page.evaluate(() => document.body.append(document.querySelector('jisou-search')));
  await page.waitForSelector('.results, .nothing');
  assert.equal((await box.inputValue()).length, 11_000);
});

siteTest('a page stands in the list before its sections do', { 'page.html': `<jisou-search></jisou-search>${TEXT}` }, async ({ page, box }) => {
  await element(page).evaluate((host) => host.search('first'));
  await page.waitForSelector(LIST);
  assert.equal(await page.getByRole('option').count(), 4);
  // Without frames a list does not go on by itself.
  await page.evaluate(() => (window.requestAnimationFrame = () => 0));
  await box.fill('other');
  await page.waitForSelector('[part=results][aria-busy=true]');
  assert.deepEqual(await page.getByRole('option').allTextContents(), ['other']);
  await box.press('ArrowUp');
  assert.deepEqual(await page.locator(LIST).locator('.group').first().getByRole('option').allTextContents(), ['other', 'A', 'B', 'C']);
}, {
  api: `export const open = async () => ({ close() {}, suggest: async () => [], filters: async () => [], sorts: async () => [],
    search: async (query) => {
      const sections = ['A', 'B', 'C'].map((heading) => ({ anchor: heading, heading, headingMarks: [], excerpt: '', marks: [] }));
      return { query, total: 1, tier: 'exact', took: 0, suggestion: null,
        hits: [{ id: 0, url: '', title: query, titleMarks: [], tier: 'exact', score: 1, sections, duplicates: [], meta: {}, places: [] }] };
    } });`,
});

siteTest('what is typed is asked for before its frame, but only once a frame', { 'page.html': `<jisou-search></jisou-search>${TEXT}` }, async ({ page, box }) => {
  await element(page).evaluate((host) => host.search('first'));
  await page.waitForSelector('.nothing');
  const order = await box.evaluate(async (input) => {
    const order = [];
    document.addEventListener('jisou-answered', ({ detail }) => order.push(detail.answer.query));
    const type = async (text) => {
      setTimeout(() => order.push('task'));
      input.value = text;
      input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      await new Promise((done) => setTimeout(done, 20));
    };
    const { requestAnimationFrame } = window;
    await new Promise(requestAnimationFrame);
    window.requestAnimationFrame = () => 0;
    await type('a');
    await type('b');
    Object.assign(window, { requestAnimationFrame });
    return order;
  });
  assert.deepEqual(order, ['a', 'task', 'task', 'b']);
}, {
  api: `export const open = async () => ({ close() {}, suggest: async () => [], filters: async () => [], sorts: async () => [],
    search: async (query) => ({ query, total: 0, tier: null, took: 0, suggestion: null, hits: [] }) });`,
});
