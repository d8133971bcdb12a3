/** Boxes come and go: several on a page, moved, taken out, inside other components, before their script. */
import assert from 'node:assert/strict';
import { ANSWER, TEXT, element, set, siteTest } from './site.mjs';

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
