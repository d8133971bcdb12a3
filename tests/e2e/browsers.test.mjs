/**
 * Firefox and WebKitGTK, by WebDriver: that the box behaves, is laid out, marks and passes axe there as in Chromium, which
 * the other files test at length. WebKitGTK needs a display; without one, Xvfb gives it.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import { By, Key, until } from 'selenium-webdriver';
import { BROWSERS, start } from './drivers.mjs';
import { dist } from './harness.mjs';
import { POLICY } from './fixtures.mjs';
import { serve } from '../../tools/serve.mjs';

const SLOW = 30_000;

let server;
before(async () => {
  server = await serve(dist, 0, { '/box.html': page('<jisou-search></jisou-search>'), '/inline.html': page('<jisou-search mode="inline"></jisou-search>') });
});
after(() => {
  server.closeAllConnections();
  server.close();
});

/** @param {string} box */
function page(box) {
  const body = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>文档</title><script type="module" src="./jisou-search.js"></script><header>${box}</header><main><h1>文档</h1><p>这里是一页文档。</p></main>`;
  return { body, headers: { 'content-type': 'text/html;charset=utf-8', 'content-security-policy': POLICY } };
}

for (const name of Object.keys(BROWSERS)) {
  test(name, async (context) => {
    const { browser, stop } = await start(name);
    const url = `http://localhost:${server.address().port}/`;
    /** What a function, run with the shadow root of the box, returns. */
    const inBox = (script, ...args) => browser.executeScript(`const root = document.querySelector('jisou-search').shadowRoot; return (${script})(root, ...arguments)`, ...args);
    /** @param {string} script of the root @param {string} [what] */
    const wait = (script, what = script) => browser.wait(() => inBox(script).catch(() => false), SLOW, what);
    const input = () => inBox((root) => root.querySelector('input[role]'));
    const violations = () =>
      browser.executeAsyncScript(`${axe.source}; const done = arguments[0]; axe.run().then(({ violations }) => done(violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' '))))`);

    try {
      await context.test('the dialog: keys, list, address, Escape', async () => {
        await browser.get(`${url}box.html`);
        await browser.wait(until.elementLocated(By.css('jisou-search:defined')), SLOW);
        await browser.findElement(By.css('body')).sendKeys('/');
        await wait((root) => root.querySelector('dialog').open);
        assert.equal(await inBox((root) => root.activeElement === root.querySelector('input[role]')), true);
        await (await input()).sendKeys('命运共同体');
        await wait((root) => root.querySelectorAll('.page').length > 3);
        const marks = await inBox((root) => [...root.querySelectorAll('[role=option] mark')].map((mark) => mark.textContent));
        assert.ok(marks.length > 3 && marks.every((mark) => mark === '命运共同体'), `${marks}`);
        await (await input()).sendKeys(Key.ARROW_DOWN, Key.ARROW_DOWN);
        assert.equal(await inBox((root) => root.querySelector('input[role]').getAttribute('aria-activedescendant')), 'hit-1');
        await wait((root) => root.querySelector('[role=status]').textContent.startsWith('找到'));
        await browser.wait(async () => (await browser.getCurrentUrl()).includes('?q='), SLOW);
        assert.deepEqual(await violations(), []);
        await (await input()).sendKeys(Key.ESCAPE);
        await wait((root) => !root.querySelector('dialog').open);
      });

      await context.test('keys of an input method are left to it, the late Enter of Safari among them', async () => {
        await browser.get(`${url}box.html?q=${encodeURIComponent('上海')}`);
        await wait((root) => root.querySelector('.page'));
        const left = await inBox((root) => {
          const input = root.querySelector('input[role]');
          const press = (key, init) => input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init }));
          input.dispatchEvent(new CompositionEvent('compositionstart'));
          input.value = '上海jing';
          input.dispatchEvent(new InputEvent('input', { isComposing: true, bubbles: true, composed: true }));
          const during = ['Enter', 'ArrowDown', 'Escape'].map((key) => press(key, { isComposing: true, keyCode: 229 }));
          input.value = '上海精神';
          // Safari: the composition ends first, its last input follows, then the Enter that confirmed it.
          input.dispatchEvent(new CompositionEvent('compositionend', { data: '精神' }));
          input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
          return [...during, press('Enter', { keyCode: 229 })];
        });
        assert.deepEqual(left, [true, true, true, true]);
        await wait((root) => root.querySelector('mark')?.textContent === '上海精神');
        assert.match(await browser.getCurrentUrl(), /box\.html/);
      });

      await context.test('the layout: the dialog lies in the window, the list scrolls inside it, the ends are straight', async () => {
        await browser.get(`${url}box.html?q=${encodeURIComponent('发展')}`);
        await wait((root) => root.querySelectorAll('.page').length === 10);
        const { inside, scrolls, form, wide } = await inBox((root) => {
          const box = root.querySelector('dialog').getBoundingClientRect();
          const panel = root.querySelector('.panel');
          return {
            inside: box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight,
            scrolls: panel.scrollHeight > panel.clientHeight,
            form: Math.abs(root.querySelector('form').getBoundingClientRect().width - box.width) < 2,
            wide: panel.scrollWidth - panel.clientWidth,
          };
        });
        assert.deepEqual({ inside, scrolls, form, wide }, { inside: true, scrolls: true, form: true, wide: 0 });
      });

      await context.test('the inline box opens under itself and closes when the reader turns away', async () => {
        await browser.get(`${url}inline.html`);
        await browser.wait(until.elementLocated(By.css('jisou-search:defined')), SLOW);
        await (await input()).sendKeys('APEC');
        await wait((root) => root.querySelector('.page'));
        const gap = await inBox((root) => root.querySelector('.panel').getBoundingClientRect().top - root.querySelector('form').getBoundingClientRect().bottom);
        assert.ok(gap >= 0 && gap < 12, `${gap} px`);
        assert.deepEqual(await violations(), []);
        await browser.actions().move({ x: 400, y: 640 }).click().perform();
        await wait((root) => root.querySelector('.panel').hidden);
      });

      await context.test('the demo page: an article, marked, and the way back', async () => {
        await browser.get(`${url}?q=${encodeURIComponent('上海精神')}`);
        await wait((root) => root.querySelector('.page'));
        await (await input()).sendKeys(Key.ENTER);
        const marked = () => browser.executeScript(`return [...CSS.highlights?.get('jisou-mark') ?? []].map((range) => range.toString()).concat([...document.querySelectorAll('article mark')].map((mark) => mark.textContent))`);
        await browser.wait(async () => (await marked()).length > 3, SLOW);
        assert.deepEqual([...new Set(await marked())], ['上海精神']);
        assert.deepEqual(await violations(), []);
        await browser.navigate().back();
        await wait((root) => !root.querySelector('.panel').hidden);
        assert.equal(await inBox((root) => root.querySelector('input[role]').value), '上海精神');
      });

      await context.test('without the Highlight API marks are elements, and gone without a trace', async () => {
        await browser.get(`${url}box.html`);
        const [during, same] = await browser.executeAsyncScript(`
          const done = arguments[0];
          Object.defineProperty(CSS, 'highlights', { value: undefined, configurable: true });
          delete CSS.highlights;
          const real = CSS;
          window.CSS = { escape: real.escape, supports: real.supports };
          import('./jisou-mark.js').then(({ mark }) => {
            const main = document.querySelector('main');
            const paragraph = main.querySelector('p');
            paragraph.textContent = '';
            paragraph.append('甲上', document.createElement('b'), '海乙上海', '丙');
            paragraph.querySelector('b').append('上');
            const before = [...paragraph.childNodes, paragraph.querySelector('b').firstChild];
            const html = main.innerHTML;
            const marks = mark(main, { terms: ['上海'] });
            const during = [...paragraph.querySelectorAll('mark')].map((mark) => mark.textContent);
            marks.close();
            const after = [...paragraph.childNodes, paragraph.querySelector('b').firstChild];
            done([during, html === main.innerHTML && before.length === after.length && before.every((node, at) => node === after[at])]);
          });`);
        assert.deepEqual(during, ['上', '海', '上海']);
        assert.equal(same, true);
      });
    } finally {
      await browser.quit().catch(() => {});
      stop();
    }
  });
}
