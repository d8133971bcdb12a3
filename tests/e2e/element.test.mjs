/** The element as other sites embed it: modes, attributes, events, several of them, and what it leaves behind. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOX, FILTERED, HOSTILE, replaceApi, site } from './fixtures.mjs';
import { highlights, newPage, setUp, spoken } from './harness.mjs';

const set = setUp();
const TEXT = '<main><h1>文档</h1><p>这里是一页文档。<a href="#x">链接</a> <input aria-label="别的"></p></main>';
const ANSWER = '[part=results]';

/**
 * A test on a small site; the console must have stayed empty at its end.
 * @param {string} name
 * @param {Record<string, string>} pages the first is opened
 * @param {(opened: Awaited<ReturnType<typeof newPage>> & { box: import('playwright-core').Locator }) => Promise<void>} body
 * @param {{ query?: string, api?: string, lang?: string, head?: string, init?: () => void } & import('playwright-core').BrowserContextOptions} [options]
 */
function siteTest(name, pages, body, { query = '', api, lang, head, init, ...options } = {}) {
  test(name, async () => {
    const opened = await newPage(set, options);
    const { context, page, messages } = opened;
    if (init) await context.addInitScript(init);
    if (api) await replaceApi(context, api);
    await site(context, set.url, pages, { lang, head });
    await page.goto(`${set.url}${Object.keys(pages)[0]}${query}`);
    await body({ ...opened, box: page.locator('input[role=combobox]') });
    assert.deepEqual(messages, [], 'the console stays empty');
    await context.close();
  });
}

const element = (page) => page.locator('jisou-search').first();
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
  assert.equal(await page.locator(ANSWER).count(), 0);
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

siteTest('several boxes on a page: one has the address and the keys, all answer', { 'page.html': `<jisou-search mode="inline" label="甲"></jisou-search><jisou-search mode="inline" label="乙"></jisou-search>${TEXT}` }, async ({ page }) => {
  const [first, second] = [page.getByLabel('甲'), page.getByLabel('乙')];
  await page.getByRole('link', { name: '链接' }).focus();
  await page.keyboard.press('/');
  assert.ok(await first.evaluate((input) => input.getRootNode().activeElement === input));
  await second.fill('APEC');
  await page.waitForSelector(`jisou-search[label=乙] ${ANSWER}`);
  await page.waitForTimeout(400);
  assert.equal(new URL(page.url()).search, '');
  await first.fill('上海精神');
  await page.waitForSelector(`jisou-search[label=甲] ${ANSWER}`);
  assert.equal(await page.locator(`jisou-search[label=乙] ${ANSWER}`).isVisible(), false, 'the other one closes');
  await page.waitForFunction(() => new URLSearchParams(location.search).get('q') === '上海精神');
});

siteTest('taken out and put in again it goes on; taken out it listens to nothing', { 'page.html': `<jisou-search></jisou-search>${TEXT}` }, async ({ page, box }) => {
  await element(page).evaluate((box) => box.search('上海精神'));
  await page.waitForSelector(ANSWER);
  const after = await page.evaluate(async () => {
    const box = document.querySelector('jisou-search');
    const index = await box.ready();
    box.remove();
    await new Promise((done) => setTimeout(done));
    const gone = await index.search('x').catch((error) => error.code);
    const events = [];
    for (const name of ['open', 'query', 'search']) box.addEventListener(`jisou-${name}`, () => events.push(name));
    document.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true }));
    box.open();
    return { gone, events, rest: box.shadowRoot.childNodes.length };
  });
  assert.deepEqual(after, { gone: 'closed', events: [], rest: 0 });
  await page.evaluate(() => {
    const box = document.createElement('jisou-search');
    box.search('APEC');
    document.body.append(box);
  });
  await page.waitForSelector(ANSWER);
  assert.equal(await box.inputValue(), 'APEC');
});

siteTest('connected and disconnected a hundred times, it leaves no listener behind', { 'page.html': `<jisou-search></jisou-search>${TEXT}` }, async ({ page }) => {
  const protocol = await page.context().newCDPSession(page);
  const count = async () => {
    await protocol.send('HeapProfiler.collectGarbage');
    return (await protocol.send('Memory.getDOMCounters')).jsEventListeners;
  };
  const churn = (times) =>
    page.evaluate((times) => {
      const box = document.querySelector('jisou-search');
      for (let time = 0; time < times; time++) {
        box.remove();
        document.body.append(box);
      }
    }, times);
  await churn(1);
  const before = await count();
  await churn(100);
  assert.ok((await count()) - before < 40, `${before} listeners before, ${await count()} after`);
});

siteTest('inside a closed shadow root: typing, the keys, and a click that is not away', { 'page.html': `<div id="host"></div>${TEXT}` }, async ({ page }) => {
  await page.evaluate(() => {
    const root = document.getElementById('host').attachShadow({ mode: 'closed' });
    const box = document.createElement('jisou-search');
    box.setAttribute('mode', 'inline');
    root.append(box);
    window.inner = box;
  });
  await page.mouse.click(2, 300);
  await page.keyboard.press('/');
  await page.keyboard.type('上海/');
  const state = () => page.evaluate(() => ({ query: window.inner.query, opened: window.inner.opened }));
  assert.deepEqual(await state(), { query: '上海/', opened: true });
  await page.waitForFunction(() => window.inner.shadowRoot.querySelector('.summary'));
  const at = await page.evaluate(() => {
    const { left, top } = window.inner.shadowRoot.querySelector('.summary').getBoundingClientRect();
    return { left, top };
  });
  await page.mouse.click(at.left + 5, at.top + 5);
  assert.equal((await state()).opened, true);
  await page.mouse.click(2, 700);
  assert.equal((await state()).opened, false);
});

siteTest(
  'before the script is there a plain form asks for `?q=`; what was typed into it is taken over',
  { 'page.html': `<jisou-search mode="inline"><form action="page.html"><input name="q" aria-label="字"><button>搜</button></form></jisou-search>${TEXT}` },
  async ({ page, box }) => {
    await page.getByLabel('字').fill('上海精神');
    await page.evaluate(() => import('./jisou-search.js'));
    await page.waitForSelector(ANSWER);
    assert.equal(await box.inputValue(), '上海精神');
    assert.ok(await box.evaluate((input) => input.getRootNode().activeElement === input), 'and so is the focus');
    await page.goto(`${set.url}page.html`);
    await page.getByLabel('字').fill('APEC');
    await page.getByRole('button', { name: '搜' }).click();
    await page.waitForURL(/\?q=APEC$/);
  },
  { head: ' ' },
);

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
  const ascending = await hrefs();
  assert.deepEqual(ascending, [...ascending].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })));
  await page.getByRole('button', { name: '清除筛选' }).click();
  await page.getByText(`找到 ${all} 条`).waitFor();
  await box.fill('zzzqqq');
  await page.getByText('没有找到“zzzqqq”').waitFor();
}, { api: FILTERED });

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
      ticks: [...root.querySelector('.places').children].map((tick) => tick.style.insetInlineStart),
    };
  });
  assert.deepEqual([root.elements, root.images], [0, 0]);
  assert.deepEqual(root.marks, ['𠀀😀']);
  assert.deepEqual(root.hrefs, [null, null, `${new URL('../fine/page', set.url).href}`]);
  assert.ok(root.title > 10_000);
  assert.equal(root.wide, 0, 'a word of 10,000 characters is broken');
  assert.deepEqual(root.ticks, ['0%', '50%', '100%']);
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

siteTest('a query of 100 kB in the address is answered', { 'page.html': `<jisou-search></jisou-search>${TEXT}` }, async ({ page, box }) => {
  await page.evaluate((q) => history.replaceState(null, '', `?q=${q}`), '上'.repeat(11_000));
  await page.evaluate(() => document.body.append(document.querySelector('jisou-search')));
  await page.waitForSelector('.results, .nothing');
  assert.equal((await box.inputValue()).length, 11_000);
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
