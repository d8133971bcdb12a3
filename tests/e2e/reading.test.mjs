/** Opening an article, walking through it, and finding the way back: by mouse, by keyboard, by the address. */
import assert from 'node:assert/strict';
import { LIST, currentInView, firstMark, highlights, isFocused, isInView, pageTest, setUp } from './harness.mjs';

const set = setUp();
const QUERY = '上海精神';
const SCO = '在广阔的亚欧大陆上携手前进';
const SEARCH = `?q=${encodeURIComponent(QUERY)}`;

pageTest(set, 'a click opens the article with its hits marked and the first one in view', async ({ page, box }) => {
  await box.fill(QUERY);
  await page.locator('#hit-0').click();
  await page.getByRole('heading', { level: 1, name: SCO }).waitFor();
  const marks = await highlights(page);
  const text = (await page.locator('article').textContent()) ?? '';
  assert.equal(marks.length, text.split(QUERY).length - 1);
  assert.ok(marks.every((mark) => mark === QUERY));
  assert.ok(await currentInView(page));
  assert.equal(await page.locator('article mark').count(), 0, 'the document itself holds no marks');
  assert.ok((await page.locator('article .paragraph').count()) > 20, 'the whole article is there');
});

pageTest(set, 'a click on a section opens the article there', async ({ page, box }) => {
  await box.fill('命运共同体');
  await page.waitForSelector(LIST);
  const section = page.locator('.section').last();
  const heading = (await section.locator('.heading').textContent()) ?? '';
  await section.locator('.excerpt').click();
  await page.waitForSelector('.reading article');
  assert.ok(await currentInView(page));
  const above = await page.evaluate(() => {
    const [mark] = CSS.highlights.get('jisou-mark-current');
    const headings = [...document.querySelectorAll('article [data-anchor]')];
    return headings.filter((heading) => mark.comparePoint(heading, 0) <= 0).at(-1)?.textContent;
  });
  assert.equal(above, heading);
});

pageTest(set, 'the bar walks through the hits, round and round', async ({ page, box }) => {
  await box.fill(QUERY);
  await page.locator('#hit-0').click();
  const all = (await highlights(page)).length;
  const position = page.locator('output');
  const at = () =>
    page.evaluate(() => {
      const [current] = CSS.highlights.get('jisou-mark-current');
      return [...CSS.highlights.get('jisou-mark')].findIndex((range) => range.compareBoundaryPoints(Range.START_TO_START, current) === 0);
    });
  assert.equal(await position.textContent(), `1 / ${all}`);
  await page.getByRole('button', { name: '下一处' }).click();
  assert.equal(await position.textContent(), `2 / ${all}`);
  assert.equal(await at(), 1);
  assert.equal((await highlights(page, 'jisou-mark-current')).length, 1);
  await page.getByRole('button', { name: '上一处' }).click();
  await page.getByRole('button', { name: '上一处' }).click();
  assert.equal(await position.textContent(), `${all} / ${all}`);
  assert.equal(await at(), all - 1);
  assert.ok(await currentInView(page));
  await page.getByRole('button', { name: '关闭标记' }).click();
  assert.equal(await page.evaluate(() => CSS.highlights.size), 0);
  assert.equal(await position.count(), 0);
});

pageTest(set, 'a walk by keyboard alone', async ({ page, box }) => {
  const active = () => box.getAttribute('aria-activedescendant');
  assert.ok(await isFocused(box), 'the box has the focus from the start');
  await page.keyboard.type('命运共同体');
  await page.waitForSelector('[part=results]');
  assert.equal(await box.getAttribute('aria-expanded'), 'true');
  assert.equal(await active(), null);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await active(), 'hit-1');
  assert.equal(await page.locator('[role=option][aria-selected=true]').getAttribute('id'), 'hit-1');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  const last = (await page.getByRole('option').count()) - 1;
  assert.equal(await active(), `hit-${last}`, 'the list is a ring');
  assert.ok(await isInView(page.locator(`#hit-${last} .excerpt, #hit-${last} b`)));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Home');
  assert.equal(await box.evaluate((input) => input.selectionStart), 0, 'Home is left to the box');

  const title = await page.locator('#hit-0 .title').textContent();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.reading article');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), title, 'reading starts at the title');
  await page.keyboard.press('Escape');
  await page.waitForSelector('[part=results]');
  assert.ok(await isFocused(box));
  assert.equal(await active(), 'hit-0', 'back where it was');
  await page.keyboard.press('Escape');
  assert.equal(await active(), null);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.reading article');
  assert.equal(await page.locator('article h1').textContent(), title, 'without an active option Enter opens the first');
  await page.keyboard.press('/');
  assert.ok(await isFocused(box));
  assert.equal(await box.inputValue(), '命运共同体', 'the key itself is not typed');
  await page.keyboard.press('Escape');
  await page.waitForSelector('[part=results]');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.figures');
  await page.keyboard.press('a');
  await page.keyboard.press('/');
  assert.equal(await box.inputValue(), 'a/', 'in the box it is a letter');
});

pageTest(set, 'Ctrl+Enter and Ctrl+click open a new tab', async ({ context, page, box }) => {
  await box.fill(QUERY);
  await page.waitForSelector('[part=results]');
  for (const openTab of [() => box.press('Control+Enter'), () => page.locator('#hit-0').click({ modifiers: ['Control'] })]) {
    const [tab] = await Promise.all([context.waitForEvent('page'), openTab()]);
    await tab.getByRole('heading', { level: 1, name: SCO }).waitFor();
    assert.ok((await highlights(tab)).length > 0);
    await tab.close();
    assert.equal(await page.locator('[part=results]').isVisible(), true);
  }
});

pageTest(set, 'back and forward go through contents, results and article', async ({ page, box }) => {
  await box.pressSequentially('发展');
  await page.waitForSelector('[part=results]');
  const hit = page.locator('.page').nth(7);
  await hit.scrollIntoViewIfNeeded();
  const title = (await hit.locator('.title').textContent()) ?? '';
  const contents = '即搜 · 报页全文检索';
  const scrolled = await page.evaluate(() => scrollY);
  await hit.click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  assert.match(page.url(), /\?q=[^#]+#\w+\/\d+(@.+)?$/);
  await page.goBack();
  await page.waitForSelector('[part=results]');
  assert.equal(new URL(page.url()).searchParams.get('q'), '发展');
  assert.equal(await page.title(), '发展 · 即搜');
  await page.waitForFunction((y) => Math.abs(scrollY - y) < 2, scrolled);
  await page.goBack();
  await page.waitForSelector('.figures');
  assert.equal(await box.inputValue(), '');
  assert.equal(await page.title(), contents);
  await page.goForward();
  await page.waitForSelector('[part=results]');
  assert.equal(await box.inputValue(), '发展');
  await page.goForward();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await page.getByRole('link', { name: '返回结果' }).click();
  await page.waitForSelector('[part=results]');
  assert.equal(await box.inputValue(), '发展');
});

pageTest(set, 'the words typed last are in the address, and survive a reload', async ({ page, box }) => {
  await box.pressSequentially('上海');
  await page.waitForFunction(() => new URLSearchParams(location.search).get('q') === '上海');
  await box.pressSequentially('精神');
  await page.waitForFunction(() => new URLSearchParams(location.search).get('q') === '上海精神');
  await page.reload();
  await page.waitForSelector('[part=results]');
  assert.equal(await box.inputValue(), QUERY);
  await page.goBack();
  await page.waitForSelector('.figures');
});

pageTest(
  set,
  'a link to an article opens it, and its way back leads to the results',
  async ({ page }) => {
    await page.getByRole('heading', { level: 1, name: SCO }).waitFor();
    assert.ok(await currentInView(page));
    await page.getByRole('link', { name: '返回结果' }).click();
    await page.waitForSelector('[part=results]');
  },
  { path: `${SEARCH}#000_8166ed53f431b5b4/1` },
);

pageTest(
  set,
  'a link to an article that is not there says so',
  async ({ page }) => {
    await page.getByRole('heading', { name: '没有这篇文章' }).waitFor();
    await page.getByRole('link', { name: '回到目录' }).click();
    await page.waitForSelector('.figures');
  },
  { path: '#nowhere/1' },
);

pageTest(set, 'from the contents to an article and on to its neighbour', async ({ page }) => {
  await page.locator('.articles a').first().click();
  await page.waitForSelector('.reading article');
  assert.equal(await page.evaluate(() => scrollY), 0);
  assert.equal(await page.evaluate(() => CSS.highlights.size), 0);
  const neighbour = page.locator('.neighbours a').first();
  const title = (await neighbour.textContent()) ?? '';
  await neighbour.click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  assert.equal(await page.evaluate(() => scrollY), 0);
});

pageTest(set, 'typing while an article is open goes to the new results', async ({ page, box }) => {
  await box.fill(QUERY);
  await page.locator('#hit-0').click();
  await page.waitForSelector('.reading article');
  await box.fill('无废城市');
  await page.waitForSelector('[part=results]');
  assert.ok(!page.url().includes('#'));
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: SCO }).waitFor();
  assert.equal(await box.inputValue(), QUERY);
});
