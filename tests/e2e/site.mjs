/** Tests of the element on small sites that are made for them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replaceApi, site } from './fixtures.mjs';
import { LIST, newPage, setUp } from './harness.mjs';

/** The browser, and the address that the sites lie under. */
export const set = setUp();
export const TEXT = '<main><h1>文档</h1><p>这里是一页文档。<a href="#x">链接</a> <input aria-label="别的"></p></main>';
export const ANSWER = LIST;

/**
 * A test on a small site; the console must have stayed empty at its end.
 * @param {string} name
 * @param {Record<string, string>} pages the first is opened
 * @param {(opened: Awaited<ReturnType<typeof newPage>> & { box: import('playwright-core').Locator }) => Promise<void>} body
 * @param {{ query?: string, api?: string, lang?: string, head?: string, init?: () => void } & import('playwright-core').BrowserContextOptions} [options]
 */
export function siteTest(name, pages, body, { query = '', api, lang, head, init, ...options } = {}) {
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

export const element = (page) => page.locator('jisou-search').first();
