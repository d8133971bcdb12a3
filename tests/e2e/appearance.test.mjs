/**
 * Every screen, by day and by night: no violation that axe can see, nothing wider than the window. With `SHOTS=1` a
 * picture of each is left in tests/e2e/shots/.
 */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import axe from 'axe-core';
import { newPage, root, setUp } from './harness.mjs';

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

const SCENES = {
  contents: { path: '', until: 'main.home' },
  results: { path: q('命运共同体'), until: 'main.results' },
  active: { path: q('发展'), until: 'main.results', then: (page) => page.getByRole('combobox').press('ArrowDown') },
  partial: { path: q('钱凯港 无废城市'), until: '.notice' },
  suggested: { path: q('guoji'), until: '.notice button' },
  alternatives: { path: q('shi'), until: '.notice button' },
  offered: { path: q('上海京神'), until: '.notice button' },
  completions: { path: q('中'), until: '.completions button' },
  nothing: { path: q('zzzqqq'), until: 'main.nothing' },
  article: { path: `${q('上海精神')}#000_8166ed53f431b5b4/1`, until: 'mark.current' },
  title: { path: '#001_8814436af306b0f3/2', until: 'main.article' },
  missing: { path: '#nowhere/1', until: 'main.missing' },
  failed: { path: '', until: '[data-retry]', before: (page) => page.route(WASM, (route) => route.fulfill({ status: 404 })) },
  stalled: { path: '', until: '.waiting', before: (page) => page.route(WASM, () => {}) },
  'no-wasm': {
    path: '',
    until: '.message',
    before: (page) => page.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly')),
  },
};

const SIZES = [
  { width: 360, height: 740 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
];

if (SHOTS) await mkdir(SHOTS, { recursive: true });

for (const [name, { path, until, before, then }] of Object.entries(SCENES)) {
  for (const colorScheme of ['light', 'dark']) {
    test(`${name}, ${colorScheme}`, async () => {
      const { context, page } = await newPage(set, { colorScheme });
      await before?.(page);
      for (const viewport of SIZES) {
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

test('at 320 px, which is 1280 px at 400 %, everything is still reachable', async () => {
  const { context, page } = await newPage(set, { viewport: { width: 320, height: 640 } });
  for (const path of ['', q('发展'), q('shi'), q('中'), `${q('上海精神')}#000_8166ed53f431b5b4/1`]) {
    await page.goto(set.url + path);
    await page.waitForSelector('main.home, main.results, main.article');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, path);
  }
  await context.close();
});

test('what a finger must hit is at least 44 px high', async () => {
  const { context, page } = await newPage(set, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  for (const path of ['', q('发展'), q('shi'), q('中'), `${q('上海精神')}#000_8166ed53f431b5b4/1`]) {
    await page.goto(set.url + path);
    await page.waitForSelector('main.home, main.results, main.article');
    const small = await page
      .locator('main a, main button, form input, form button:not([hidden])')
      .evaluateAll((targets) => targets.filter((target) => target.getBoundingClientRect().height < 44).map((target) => target.outerHTML));
    assert.deepEqual(small, [], path);
  }
  await context.close();
});
