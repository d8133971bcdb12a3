/**
 * Every screen, by day and by night: no violation that axe can see, nothing wider than the window. With `SHOTS=1` a
 * picture of each in three sizes is left in tests/e2e/shots/.
 */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import axe from 'axe-core';
import { FILTERED, replaceApi, site } from './fixtures.mjs';
import { LIST, newPage, root, setUp } from './harness.mjs';

const set = setUp();
const SHOTS = process.env.SHOTS === '1' ? join(root, 'tests', 'e2e', 'shots') : '';
const WASM = '**/jisou_engine_bg.wasm';

/**
 * @typedef {object} Scene
 * @property {string} path
 * @property {string} until selector that shows that the scene is set
 * @property {(page: import('playwright-core').Page) => Promise<unknown>} [before] the page is opened
 * @property {(page: import('playwright-core').Page) => Promise<unknown>} [then] what is done on it
 */

/** @param {string} query */
const q = (query) => `?q=${encodeURIComponent(query)}`;
const box = (page) => page.getByRole('combobox');
const TEXT = '<main><h1>文档</h1><p>这里是一页文档的正文。</p></main>';
/** @param {string} attributes @param {string} [lang] */
const widget = (attributes, lang) => (page) => site(page, set.url, { 'page.html': `<header><jisou-search ${attributes}></jisou-search></header>${TEXT}` }, { lang });
/** @param {...((page: import('playwright-core').Page) => Promise<unknown>)} steps */
const all = (...steps) => async (page) => {
  for (const step of steps) await step(page);
};
const remember = (page) => page.addInitScript(() => localStorage.setItem('jisou-history', JSON.stringify(['命运共同体', '上海精神', 'APEC'])));
const openDialog = (page) => page.locator('jisou-search').evaluate((box) => box.open());

/** @type {Record<string, Scene>} */
const SCENES = {
  contents: { path: '', until: '.samples a' },
  results: { path: q('命运共同体'), until: LIST },
  active: { path: q('发展'), until: LIST, then: (page) => box(page).press('ArrowDown') },
  partial: { path: q('钱凯港 无废城市'), until: '.notice' },
  corrected: { path: q('guoji'), until: '.notice button' },
  alternatives: { path: q('shi'), until: '.notice button' },
  offered: { path: q('上海京神'), until: '.notice button' },
  completions: { path: q('中'), until: '.completions button' },
  nothing: { path: q('zzzqqq'), until: '.nothing .message' },
  article: { path: `${q('上海精神')}#000_8166ed53f431b5b4/1`, until: 'output' },
  title: { path: '#001_8814436af306b0f3/2', until: '.reading article' },
  missing: { path: '#nowhere/1', until: '.reading .message' },
  failed: { path: '', until: '[data-retry]', before: (page) => page.route(WASM, (route) => route.fulfill({ status: 404 })) },
  stalled: { path: q('上海'), until: '.waiting', before: (page) => page.route(WASM, () => {}) },
  'no-wasm': {
    path: '',
    until: '.failed .message',
    before: (page) => page.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly')),
  },
  button: { path: 'page.html', until: '.trigger', before: widget('') },
  'dialog-history': { path: 'page.html', until: '.trigger', before: all(widget(''), remember), then: openDialog },
  'dialog-results': { path: `page.html${q('上海')}`, until: LIST, before: widget('') },
  'dialog-filters': {
    path: `page.html${q('发展')}`,
    until: LIST,
    before: all(widget(''), (page) => replaceApi(page, FILTERED)),
    then: all((page) => page.getByRole('button', { name: '筛选' }).click(), (page) => page.getByLabel('国际').check(), (page) => page.getByText('筛选（1）').waitFor()),
  },
  inline: { path: `page.html${q('上海')}`, until: LIST, before: widget('mode="inline"') },
  'inline-closed': { path: 'page.html', until: 'input', before: widget('mode="inline"') },
  'zh-TW': { path: `page.html${q('guoji')}`, until: '.notice button', before: widget('', 'zh-TW') },
  en: { path: `page.html${q('钱凯港 无废城市')}`, until: '.notice', before: widget('', 'en') },
};

const SIZES = [
  { width: 360, height: 740 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
];
/** Colours do not depend on the size, nor lines on the colours: every second combination shows what there is to see. */
const CHECKED = { light: SHOTS ? SIZES : [SIZES[0], SIZES[2]], dark: SHOTS ? SIZES : [SIZES[1]] };

if (SHOTS) await mkdir(SHOTS, { recursive: true });

for (const [name, { path, until, before, then }] of Object.entries(SCENES)) {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    test(`${name}, ${colorScheme}`, async () => {
      const { context, page } = await newPage(set, { colorScheme, reducedMotion: 'reduce' });
      await before?.(page);
      for (const viewport of CHECKED[colorScheme]) {
        await page.setViewportSize(viewport);
        // By way of another page, since an address that differs only in its fragment would not be loaded anew.
        await page.goto('about:blank');
        await page.goto(set.url + path);
        await page.waitForSelector(until);
        await then?.(page);
        await page.evaluate(axe.source);
        const { violations } = await page.evaluate(() => window.axe.run());
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
        assert.deepEqual(found, [], `${viewport.width} px`);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(wider, 0, `fits ${viewport.width} px`);
        if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}-${viewport.width}-${colorScheme}.png`) });
      }
      await context.close();
    });
  }
}

const SHOWN = '.samples a:visible, [part=results]:visible, .reading article:visible';
const PATHS = ['', q('发展'), q('shi'), q('中'), `${q('上海精神')}#000_8166ed53f431b5b4/1`];

test('at 320 px, which is 1280 px at 400 %, everything is still reachable', async () => {
  const { context, page } = await newPage(set, { viewport: { width: 320, height: 640 } });
  for (const path of PATHS) {
    await page.goto(set.url + path);
    await page.waitForSelector(SHOWN);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, path);
  }
  await context.close();
});

test('at 200 % the dialog fits the window, and its list can be reached', async () => {
  const { context, page } = await newPage(set, { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
  await widget('')(page);
  await page.goto(`${set.url}page.html${q('发展')}`);
  await page.waitForSelector(LIST);
  await box(page).press('ArrowUp');
  const fits = await page.locator('dialog').evaluate((dialog) => {
    const { left, top, right, bottom } = dialog.getBoundingClientRect();
    const active = dialog.querySelector('[aria-selected=true]').getBoundingClientRect();
    return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight && active.top < bottom && active.bottom > top;
  });
  assert.ok(fits);
  await context.close();
});

test('what a finger must hit is at least 44 px high', async () => {
  const { context, page } = await newPage(set, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  const targets = 'main a:visible, button:visible, [role=option]:visible, input[role]';
  for (const path of PATHS) {
    await page.goto(set.url + path);
    await page.waitForSelector(SHOWN);
    const small = await page
      .locator(targets)
      .evaluateAll((targets) => targets.filter((target) => target.getBoundingClientRect().height < 44).map((target) => target.outerHTML));
    assert.deepEqual(small, [], path);
  }
  await context.close();
});

test('with forced colours the active line and the focus are outlined, and places seen; with reduced motion nothing moves', async () => {
  const { context, page } = await newPage(set, { forcedColors: 'active', reducedMotion: 'reduce' });
  await widget('')(page);
  await page.goto(`${set.url}page.html${q('发展')}`);
  await page.waitForSelector(LIST);
  await box(page).press('ArrowDown');
  const outline = (selector) => page.locator(selector).evaluate((element) => getComputedStyle(element).outlineStyle);
  assert.equal(await outline('[aria-selected=true]'), 'solid');
  assert.equal(await page.locator('dialog').evaluate((dialog) => dialog.getAnimations({ subtree: true }).length), 0);
  const bordered = await page.locator('dialog form').evaluate((form) => getComputedStyle(form).borderStyle);
  assert.match(bordered, /solid/);
  const places = await page.locator('.places').first().evaluate((bar) => getComputedStyle(bar).backgroundImage);
  assert.match(places, /gradient/);
  await page.keyboard.press('Tab');
  assert.equal(await page.locator('button:focus-visible').evaluate((button) => getComputedStyle(button).outlineStyle), 'solid');
  await context.close();
});
