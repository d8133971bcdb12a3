/**
 * What the page tests share: one Chromium per file, dist/ on a free port, and a page that remembers every request and
 * every console message. `JISOU_DIST` names another folder to test.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS } from '../../tools/chromium.mjs';
import { serve } from '../../tools/serve.mjs';

export const root = resolve(import.meta.dirname, '..', '..');
export const dist = resolve(process.env.JISOU_DIST ?? join(root, 'dist'));

/**
 * Starts a server and a browser for the tests of a file. The returned object is filled before the first test runs.
 * @param {string} [folder]
 */
export function setUp(folder = dist) {
  const set = { url: '', browser: null };
  let server;
  before(async () => {
    server = await serve(folder);
    set.url = `http://localhost:${server.address().port}/`;
    set.browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: CHROMIUM_ARGS });
  });
  after(async () => {
    await set.browser?.close();
    server?.closeAllConnections();
    server?.close();
  });
  return set;
}

/**
 * A fresh page in a context of its own, not yet at any address.
 * @param {ReturnType<typeof setUp>} set
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export async function newPage(set, options = {}) {
  const context = await set.browser.newContext({ viewport: { width: 1024, height: 768 }, locale: 'zh-CN', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const messages = [];
  const requests = [];
  page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => messages.push(`uncaught: ${error}`));
  page.on('request', (request) => requests.push(request));
  return { context, page, messages, requests };
}

/**
 * A page that is open and ready to search.
 * @param {ReturnType<typeof setUp>} set
 * @param {{ path?: string } & import('playwright-core').BrowserContextOptions} [options]
 */
export async function openPage(set, { path = '', ...options } = {}) {
  const opened = await newPage(set, options);
  await opened.page.goto(set.url + path);
  await opened.page.waitForSelector('.figures, .results, .nothing, .reading h1, .failed', { state: 'attached' });
  if (await opened.page.locator('.failed').count()) {
    const reason = await opened.page.evaluate(async () => {
      const { open } = await import('./jisou.js');
      return open().catch((error) => `${error.code}: ${error.message} ${error.cause}`);
    });
    throw new Error(`the engine does not start: ${reason}`);
  }
  return { ...opened, box: opened.page.getByRole('combobox', { name: '搜索报页' }) };
}

/**
 * The texts of all marks under a selector, in order, once the list of hits is whole.
 * @param {import('playwright-core').Page} page
 * @param {string} selector
 * @returns {Promise<string[]>}
 */
export async function marksIn(page, selector) {
  await page.locator(LIST).waitFor();
  return page.locator(`${selector} mark`).allTextContents();
}

/**
 * The texts that are marked in the article that is open, in order, once there are some.
 * @param {import('playwright-core').Page} page
 * @param {string} [name] of the highlight
 * @returns {Promise<string[]>}
 */
export async function highlights(page, name = 'jisou-mark') {
  await page.waitForFunction((name) => CSS.highlights.get(name)?.size > 0, name);
  return page.evaluate((name) => [...CSS.highlights.get(name)].map(String), name);
}

/**
 * Whether the current mark of an article lies well inside the window, under nothing else.
 * @param {import('playwright-core').Page} page
 */
export async function currentInView(page) {
  await highlights(page, 'jisou-mark-current');
  return page.evaluate(() => {
    const [range] = CSS.highlights.get('jisou-mark-current');
    const { left, top, width, height, bottom } = range.getClientRects()[0];
    const over = document.elementFromPoint(left + width / 2, top + height / 2);
    return top >= 0 && bottom <= innerHeight && range.startContainer.parentElement.contains(over);
  });
}

/** The list of hits, once it is whole: it is put in line by line. */
export const LIST = '[part=results][aria-busy=false]';

/**
 * Waits until the first mark of the list is a text.
 * @param {import('playwright-core').Page} page
 * @param {string} text
 */
export function firstMark(page, text) {
  return page.waitForFunction(
    (text) => document.querySelector('jisou-search').shadowRoot.querySelector('[role=option] mark')?.textContent === text,
    text,
  );
}

/**
 * Waits until the live region holds a text.
 * @param {import('playwright-core').Page} page
 * @param {string} text
 */
export function spoken(page, text) {
  return page.waitForFunction(
    (text) => document.querySelector('jisou-search').shadowRoot.querySelector('[role=status]').textContent.includes(text),
    text,
  );
}

/**
 * Whether a box has the focus.
 * @param {import('playwright-core').Locator} box
 */
export function isFocused(box) {
  return box.evaluate((input) => input.getRootNode().activeElement === input);
}

/**
 * Whether an element lies wholly inside the window and below whatever sticks to its top.
 * @param {import('playwright-core').Locator} locator
 */
export function isInView(locator) {
  return locator.evaluate((element) => {
    const box = element.getBoundingClientRect();
    const top = element.getRootNode().elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return box.top >= 0 && box.bottom <= innerHeight && top !== null && element.contains(top);
  });
}

/**
 * A test on a page that is ready to search; the console must have stayed empty at its end.
 * @param {ReturnType<typeof setUp>} set
 * @param {string} name
 * @param {(opened: Awaited<ReturnType<typeof openPage>>) => Promise<void>} body
 * @param {Parameters<typeof openPage>[1]} [options]
 */
export function pageTest(set, name, body, options) {
  test(name, async () => {
    const opened = await openPage(set, options);
    await body(opened);
    assert.deepEqual(opened.messages, [], 'the console stays empty');
    await opened.context.close();
  });
}
