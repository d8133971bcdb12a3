/** The element as other sites embed it: how it loads, keys, marks on the pages it leads to, events, properties, phones. */
import assert from 'node:assert/strict';
import { BOX } from './fixtures.mjs';
import { highlights } from './harness.mjs';
import { ANSWER, TEXT, element, set, siteTest } from './site.mjs';

const names = (requests) => requests.map((request) => new URL(request.url()).pathname.split('/').at(-1));

siteTest('nothing but its own script is fetched before the first focus, and the engine after it', { 'page.html': `<jisou-search></jisou-search>${TEXT}` }, async ({ page, requests }) => {
  await page.waitForTimeout(500);
  assert.deepEqual(names(requests), ['page.html', 'jisou-search.js']);
  await page.getByRole('button', { name: '搜索' }).focus();
  await page.waitForRequest(/jisou_engine_bg\.wasm/);
  assert.deepEqual(names(requests), ['page.html', 'jisou-search.js', 'jisou.js', 'jisou_engine_bg.wasm']);
});

siteTest('the pointer over the box is enough to load it', { 'page.html': `<jisou-search mode="inline"></jisou-search>${TEXT}` }, async ({ page, box }) => {
  await Promise.all([page.waitForRequest(/jisou_engine_bg\.wasm/), box.hover()]);
});

siteTest('keys open the dialog, but not out of a field; Escape closes it and gives the focus back', { 'page.html': `<jisou-search></jisou-search>${TEXT}` }, async ({ page, box }) => {
  const link = page.getByRole('link', { name: '链接' });
  await page.getByLabel('别的').fill('');
  await page.keyboard.press('/');
  await page.keyboard.press('Control+k');
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.equal(await page.getByLabel('别的').inputValue(), '/');
  for (const key of ['/', 'Control+k', 'Meta+k']) {
    await link.focus();
    await page.keyboard.press(key);
    await page.getByRole('dialog').waitFor();
    assert.equal(await box.inputValue(), '');
    assert.ok(await box.evaluate((input) => input.getRootNode().activeElement === input));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    assert.ok(await link.evaluate((link) => link === document.activeElement), 'the focus is given back');
  }
});

siteTest('boxes of a page are made in tasks of their own, each at once when it is wanted', { 'page.html': TEXT }, async ({ page }) => {
  await page.waitForFunction(() => customElements.get('jisou-search'));
  const [made, wanted] = await page.evaluate(() => {
    const boxes = Array.from({ length: 12 }, () => Object.assign(document.createElement('jisou-search'), { id: 'box' }));
    document.body.append(...boxes);
    const made = boxes.filter(({ shadowRoot }) => shadowRoot).length;
    const [gone, last] = boxes.slice(-2);
    gone.remove();
    last.open();
    return [made, last.opened && last.shadowRoot.querySelector('dialog').open];
  });
  assert.deepEqual([made, wanted], [0, true]);
  await page.waitForFunction(() => [...document.querySelectorAll('#box')].every(({ shadowRoot }) => shadowRoot?.querySelector('button')));
  assert.equal(await page.locator('#box').count(), 11);
});

siteTest('Tab stays inside the dialog', { 'page.html': `<jisou-search></jisou-search>${TEXT}` }, async ({ page }) => {
  await element(page).evaluate((box) => box.open());
  await page.keyboard.type('发展');
  await page.waitForSelector(ANSWER);
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press('Tab');
    const inside = await page.evaluate(() => ['BODY', 'JISOU-SEARCH'].includes(document.activeElement.tagName));
    assert.ok(inside, `after ${step + 1} steps`);
  }
});

siteTest(
  'a hit opens its page at the section, marked; reload and the way back keep it',
  {
    'page.html': `<jisou-search base="./docs/"></jisou-search>${TEXT}`,
    'docs/guide': `<jisou-search></jisou-search><nav>上海精神</nav><main><h1>题</h1><p>弘扬<b>上海</b>精神，
      上海
      精神。</p><h2 id="two">二</h2><p>还有上海精神</p></main>`,
  },
  async ({ page, box, context }) => {
    await element(page).evaluate((box) => box.open());
    await box.fill('上海精神');
    await page.locator('.section').first().click();
    await page.waitForURL(/docs\/guide#two$/);
    assert.equal((await highlights(page)).map((text) => text.replace(/\s/g, '')).join(), '上海精神,上海精神,上海精神');
    assert.equal(await page.locator('output').textContent(), '3 / 3', 'the first one of the section');
    assert.equal(await page.locator('mark').count(), 0);
    await page.reload();
    assert.equal((await highlights(page)).length, 3);
    await page.getByRole('button', { name: '关闭标记' }).click();
    assert.equal(await page.evaluate(() => CSS.highlights.size), 0);
    await page.reload();
    await page.waitForTimeout(300);
    assert.equal(await page.evaluate(() => CSS.highlights.size), 0, 'closed marks stay closed');
    await page.goBack();
    await page.waitForSelector(ANSWER);
    assert.equal(await box.inputValue(), '上海精神', 'the way back leads to the results');
    const [tab] = await Promise.all([context.waitForEvent('page'), page.locator('.section').first().click({ button: 'middle' })]);
    // The first request of a new tab is out before its routes are set.
    await tab.goto(`${set.url}docs/guide#two`);
    await tab.bringToFront();
    assert.equal((await highlights(tab)).length, 3, 'in a new tab too');
  },
  {
    head: BOX.replace('./jisou', '/jisou'),
    api: `const marks = [[0, 4]];
      const section = { anchor: 'two', heading: '二', headingMarks: [], excerpt: '上海精神', marks };
      export const open = async () => ({ close() {}, suggest: async () => [], filters: async () => [], sorts: async () => [],
        search: async (query) => ({ query, total: 1, tier: 'exact', took: 0, suggestion: null,
          hits: [{ id: 0, url: 'guide', title: '题', titleMarks: [], tier: 'exact', score: 1, sections: [section], duplicates: [], meta: {}, places: [] }] }) });`,
  },
);

siteTest('events: those before can be prevented, those after tell', { 'page.html': `<jisou-search></jisou-search>${TEXT}` }, async ({ page, box }) => {
  await page.evaluate(() => {
    window.seen = [];
    window.refuse = '';
    for (const name of ['open', 'opened', 'query', 'search', 'answered', 'select', 'selected', 'close', 'closed', 'ready']) {
      document.addEventListener(`jisou-${name}`, (event) => {
        window.seen.push(name);
        if (name === window.refuse || name === 'select') event.preventDefault();
        if (name === 'search') event.detail.options.limit = 2;
      });
    }
  });
  const seen = () => page.evaluate(() => window.seen.splice(0));
  await page.evaluate(() => (window.refuse = 'open'));
  await page.keyboard.press('/');
  assert.deepEqual(await seen(), ['open']);
  assert.equal(await page.getByRole('dialog').count(), 0);
  await page.evaluate(() => (window.refuse = 'search'));
  await page.keyboard.press('/');
  await page.waitForFunction(() => window.seen.includes('ready'));
  await box.fill('上海');
  assert.deepEqual(await seen(), ['open', 'opened', 'ready', 'query', 'search']);
  assert.deepEqual([await page.locator(ANSWER).count(), await page.locator('.start').count()], [0, 1], 'no answer is awaited');
  await page.evaluate(() => (window.refuse = 'close'));
  await box.fill('上海精神');
  await page.waitForSelector(ANSWER);
  assert.deepEqual(await seen(), ['query', 'search', 'answered']);
  assert.equal(await page.locator('.page').count(), 2, 'a listener may change the options');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  assert.deepEqual(await seen(), ['select', 'close']);
  assert.ok(await page.getByRole('dialog').isVisible());
  await page.evaluate(() => (window.refuse = ''));
  await page.keyboard.press('Escape');
  assert.deepEqual(await seen(), ['close', 'closed']);
});

siteTest('properties: texts, names, addresses, descriptions, also set before the script arrives', { 'page.html': `<jisou-search lang="en" placeholder="Go"></jisou-search>${TEXT}` }, async ({ page, box }) => {
  await element(page).evaluate((box) => {
    box.texts = { count: '{n} Seiten' };
    box.linkTo = (hit, anchor, query) => `https://example.org/${hit.id}?x=${query}#${anchor}`;
    box.describe = () => 'described';
    box.search('上海精神');
  });
  await page.getByText('2 Seiten').waitFor();
  assert.equal(await box.getAttribute('placeholder'), 'Go');
  assert.match((await page.locator('.page').first().getAttribute('href')) ?? '', /^https:\/\/example\.org\/\d+\?x=/);
  assert.equal(await page.locator('.trail').first().textContent(), 'described');
  await element(page).evaluate((box) => (box.linkTo = () => 'javascript:alert(1)'));
  assert.equal(await page.locator('.page').first().getAttribute('href'), null);
  await element(page).evaluate((box) => (box.lang = 'zh-TW'));
  await page.getByText('2 Seiten').waitFor();
  assert.equal(await page.getByRole('button', { name: '關閉' }).count(), 1);
});

siteTest(
  'on a phone the box takes the whole screen and leaves it again',
  { 'page.html': `<jisou-search mode="inline"></jisou-search>${TEXT}` },
  async ({ page, box }) => {
    await box.tap();
    await box.fill('发展');
    await page.waitForSelector(ANSWER);
    const { width, height } = await page.locator('.frame').evaluate((frame) => frame.getBoundingClientRect());
    assert.deepEqual([width, height], [360, 740]);
    assert.ok((await box.evaluate((input) => parseFloat(getComputedStyle(input).fontSize))) >= 16);
    assert.equal(await box.getAttribute('enterkeyhint'), 'search');
    await page.getByRole('button', { name: '关闭' }).tap();
    assert.equal(await page.locator('.panel').isVisible(), false);
  },
  { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
);
